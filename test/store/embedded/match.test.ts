import { Binary, BSONRegExp, Decimal128, Long, MaxKey, MinKey, ObjectId } from 'bson'
import { expect } from 'chai'
import type { TestDatabase } from './database.ts'
import { errorOf, openDatabase } from './database.ts'

type Doc = Record<string, unknown>

const id = new ObjectId('65a1b2c3d4e5f60718293a4b')

/** Situation, documents (numbered from 0), filter, the numbers it finds. */
const CASES: [string, Doc[], Doc, number[]][] = [
  ['a value', [{ a: 1 }, { a: 2 }], { a: 1 }, [0]],
  ['an element of an array', [{ a: [1, 2] }, { a: [3] }], { a: 2 }, [0]],
  ['a whole array', [{ a: [1, 2] }, { a: [2, 1] }, { a: [[1, 2]] }], { a: [1, 2] }, [0, 2]],
  [
    'null: missing too',
    [{ a: null }, {}, { a: 0 }, { a: [null] }, { a: [] }],
    { a: null },
    [0, 1, 3],
  ],
  ['$ne null', [{ a: null }, {}, { a: 0 }], { a: { $ne: null } }, [2]],
  ['$gte null: missing too', [{ a: null }, {}, { a: 0 }], { a: { $gte: null } }, [0, 1]],
  ['$gt null: nothing', [{ a: null }, {}, { a: 0 }], { a: { $gt: null } }, []],
  ['$exists', [{ a: null }, {}], { a: { $exists: true } }, [0]],
  ['$exists false', [{ a: null }, {}], { a: { $exists: false } }, [1]],
  [
    'fields of documents are ordered',
    [{ a: { x: 1, y: 2 } }, { a: { y: 2, x: 1 } }],
    { a: { x: 1, y: 2 } },
    [0],
  ],
  ['a dotted path', [{ a: { b: 1 } }, { a: { b: 2 } }, { a: 1 }], { 'a.b': 1 }, [0]],
  ['a path through an array', [{ a: [{ b: 1 }, { b: 2 }] }, { a: [{ b: 3 }] }], { 'a.b': 2 }, [0]],
  ['a path with an index', [{ a: [5, 6] }, { a: [6, 5] }], { 'a.0': 5 }, [0]],
  [
    'a path null in an array of documents',
    [{ a: [{ b: 1 }, { c: 1 }] }, { a: [{ b: 1 }] }],
    { 'a.b': null },
    [0],
  ],
  ['a path null in an array of scalars', [{ a: [1, 2] }, { a: 1 }, {}], { 'a.b': null }, [1, 2]],
  [
    'ranges stay within a type',
    [{ a: 5 }, { a: '5' }, { a: new Date(5) }, { a: true }],
    { a: { $gt: 1 } },
    [0],
  ],
  [
    '$lt on dates',
    [{ a: new Date(1) }, { a: new Date(3) }, { a: 1 }],
    { a: { $lt: new Date(2) } },
    [0],
  ],
  [
    'a range over array elements',
    [{ a: [0, 10] }, { a: [3] }, { a: [20] }],
    { a: { $gt: 1, $lt: 5 } },
    [0, 1],
  ],
  [
    '$elemMatch on one element',
    [{ a: [0, 10] }, { a: [3] }],
    { a: { $elemMatch: { $gt: 1, $lt: 5 } } },
    [1],
  ],
  [
    '$elemMatch on documents',
    [{ a: [{ b: 1, c: 2 }] }, { a: [{ b: 1 }, { c: 2 }] }],
    { a: { $elemMatch: { b: 1, c: 2 } } },
    [0],
  ],
  ['$in', [{ a: 1 }, { a: 'x' }, { a: [2] }, { a: 3 }], { a: { $in: [1, 'x', 2] } }, [0, 1, 2]],
  [
    '$in with null and a regex',
    [{}, { a: 'abc' }, { a: 'b' }],
    { a: { $in: [null, /^ab/] } },
    [0, 1],
  ],
  ['$nin', [{ a: 1 }, { a: [2, 3] }, {}], { a: { $nin: [1, 2] } }, [2]],
  ['$not', [{ a: 1 }, { a: 5 }, {}], { a: { $not: { $gt: 3 } } }, [0, 2]],
  ['$or', [{ a: 1 }, { b: 1 }, { c: 1 }], { $or: [{ a: 1 }, { b: 1 }] }, [0, 1]],
  ['$nor', [{ a: 1 }, { b: 1 }, { c: 1 }], { $nor: [{ a: 1 }, { b: 1 }] }, [2]],
  ['$and on one field', [{ a: [1, 5] }, { a: [1] }], { $and: [{ a: 1 }, { a: 5 }] }, [0]],
  ['$all', [{ a: [1, 2, 3] }, { a: [1] }], { a: { $all: [1, 2] } }, [0]],
  ['$all of nothing', [{ a: [1] }, { a: [] }], { a: { $all: [] } }, []],
  ['$size', [{ a: [1, 2] }, { a: [1] }, { a: 2 }], { a: { $size: 2 } }, [0]],
  ['$mod', [{ a: 4 }, { a: 5 }, { a: -4 }, { a: 'x' }], { a: { $mod: [4, 0] } }, [0, 2]],
  ['$type by name', [{ a: id }, { a: '1' }, { a: 1 }], { a: { $type: 'objectId' } }, [0]],
  [
    '$type number',
    [{ a: 1.5 }, { a: Long.fromNumber(3) }, { a: '1' }],
    { a: { $type: 'number' } },
    [0, 1],
  ],
  ['$type array', [{ a: [1] }, { a: 1 }], { a: { $type: 'array' } }, [0]],
  ['$regex with options', [{ a: 'ABC' }, { a: 'x' }], { a: { $regex: '^a', $options: 'i' } }, [0]],
  ['a regex value', [{ a: '12301' }, { a: '12345' }], { a: /301$/ }, [0]],
  [
    'ObjectId equality',
    [{ a: id }, { a: id.toHexString() }],
    { a: new ObjectId(id.toHexString()) },
    [0],
  ],
  [
    'different bytes that are no UTF-8',
    [{ a: new Binary(Buffer.from([0xff])) }, { a: new Binary(Buffer.from([0xfe])) }],
    { a: new Binary(Buffer.from([0xff])) },
    [0],
  ],
  [
    'an int64 beyond 2^53',
    [{ a: Long.fromString('9007199254740993') }, { a: 4 }],
    { a: { $gt: 5 } },
    [0],
  ],
  [
    'int64 neighbours differ',
    [{ a: Long.fromString('9007199254740993') }, { a: Long.fromString('9007199254740992') }],
    { a: Long.fromString('9007199254740993') },
    [0],
  ],
  ['int64 equals an int', [{ a: Long.fromNumber(5) }, { a: 5 }], { a: 5 }, [0, 1]],
  ['a decimal by value', [{ a: Decimal128.fromString('9.5') }], { a: { $lt: 10 } }, [0]],
  ['NaN equals NaN only', [{ a: NaN }, { a: 1 }], { a: NaN }, [0]],
  ['NaN is in no range', [{ a: NaN }, { a: 1 }], { a: { $lt: 5 } }, [1]],
  ['MinKey is below all', [{ a: 1 }, { a: 'x' }], { a: { $gt: new MinKey() } }, [0, 1]],
  ['MaxKey is above all', [{ a: 1 }, { a: 'x' }], { a: { $lt: new MaxKey() } }, [0, 1]],
  ['names JavaScript objects inherit', [{ a: 1 }], { constructor: { $exists: true } }, []],
  [
    '$expr',
    [
      { a: 1, b: 2 },
      { a: 3, b: 2 },
    ],
    { $expr: { $gt: ['$a', '$b'] } },
    [1],
  ],
  ['$comment', [{ a: 1 }], { a: 1, $comment: 'why' }, [0]],
]

/** Situation, filter, error code. */
const REFUSED: [string, Doc, number][] = [
  ['an unknown operator', { a: { $nope: 1 } }, 2],
  ['an unknown top level operator', { $nope: 1 }, 2],
  ['$in without a list', { a: { $in: 1 } }, 2],
  ['$or without branches', { $or: [] }, 2],
  ['$not without an operator', { a: { $not: 1 } }, 2],
  ['a regex in a range', { a: { $gt: /x/ } }, 2],
  ['an invalid regex', { a: new BSONRegExp('(', '') }, 51091],
]

describe('query filters', () => {
  let database: TestDatabase
  before(async () => {
    database = await openDatabase()
  })
  after(() => database.close())

  for (const [situation, docs, filter, expected] of CASES) {
    it(situation, async () => {
      const collection = database.fresh()
      await collection.insertMany(docs.map((doc, n) => ({ _id: n as never, ...doc })))
      const found = await collection.find(filter).toArray()
      expect(found.map((doc) => Number(doc._id)).sort()).to.deep.equal(expected)
      // the same filter inside a pipeline
      const piped = await collection
        .aggregate([{ $skip: 0 }, { $set: { z: 1 } }, { $match: filter }])
        .toArray()
      expect(piped.map((doc) => Number(doc._id)).sort()).to.deep.equal(expected)
    })
  }

  for (const [situation, filter, code] of REFUSED) {
    it(`refuses ${situation}`, async () => {
      expect((await errorOf(database.fresh().find(filter).toArray())).code).to.equal(code)
    })
  }
})
