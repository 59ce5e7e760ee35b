import { Binary, BSONRegExp, Long, MaxKey, MinKey, ObjectId, Timestamp } from 'bson'
import { expect } from 'chai'
import fc from 'fast-check'
import { compareValues } from '../../../gateway/store/embedded/compare.ts'
import { encodeKey, encodeValue, MAX_KEY_BYTES } from '../../../gateway/store/embedded/keys.ts'

const nothing = Buffer.alloc(0)

const scalar = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.double(),
  fc.integer(),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((n) => Long.fromBigInt(n)),
  // neighbours around 2^53, where int64 and double drift apart
  fc.integer({ min: -3, max: 3 }).map((n) => Long.fromBigInt(2n ** 53n + BigInt(n))),
  fc.integer({ min: -2, max: 2 }).map((n) => 2 ** 53 + 2 * n),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', 'a', 'a\0', 'a\0b', 'ab', '\ud83d\ude00', '\uffff', '票'),
  fc.date({ noInvalidDate: true }),
  fc.uint8Array({ minLength: 12, maxLength: 12 }).map((bytes) => new ObjectId(bytes)),
  fc
    .tuple(fc.uint8Array({ maxLength: 5 }), fc.constantFrom(0, 128))
    .map(([bytes, type]) => new Binary(bytes, type)),
  fc.tuple(fc.nat(), fc.nat()).map(([t, i]) => new Timestamp({ t, i })),
  fc.constantFrom(new MinKey(), new MaxKey(), new BSONRegExp('^a', 'i')),
)
const value = fc.letrec<{ any: unknown }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    scalar,
    fc.array(tie('any'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c', 'a\0'), tie('any'), {
      maxKeys: 3,
      noNullPrototype: true,
    }),
  ),
})).any

const sign = (n: number) => Math.sign(n)

describe('order of BSON values', () => {
  it('is the same for keys as for values, ascending and descending', () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        const order = compareValues(a, b)
        expect(sign(Buffer.compare(encodeValue(a), encodeValue(b)))).to.equal(order)
        const descending = sign(Buffer.compare(encodeValue(a, -1), encodeValue(b, -1)))
        expect(descending).to.equal(order === 0 ? 0 : -order)
      }),
      { numRuns: 3000 },
    )
  })

  it('is total: reflexive, antisymmetric and transitive', () => {
    fc.assert(
      fc.property(value, value, value, (a, b, c) => {
        expect(compareValues(a, a)).to.equal(0)
        expect(compareValues(a, b) + compareValues(b, a)).to.equal(0)
        const [x, y, z] = [a, b, c].sort(compareValues)
        expect(compareValues(x, z)).to.be.at.most(0)
        expect(compareValues(x, y)).to.be.at.most(0)
      }),
      { numRuns: 1000 },
    )
  })

  it('holds for compound keys of mixed directions', () => {
    fc.assert(
      fc.property(value, value, value, value, (a, b, c, d) => {
        const left = encodeKey(nothing, [a, b], [1, -1])
        const right = encodeKey(nothing, [c, d], [1, -1])
        fc.pre(!left.lossy && !right.lossy)
        const expected = compareValues(a, c) || -compareValues(b, d)
        expect(sign(Buffer.compare(left.key, right.key))).to.equal(expected || 0)
      }),
      { numRuns: 2000 },
    )
  })

  it('cuts a key that is too long, and says so', () => {
    const long = 'x'.repeat(5000)
    const { key, lossy } = encodeKey(nothing, [long], [1])
    expect(lossy).to.equal(true)
    expect(key.length).to.equal(MAX_KEY_BYTES)
    expect(encodeKey(nothing, [`${long}y`], [1]).key.equals(key)).to.equal(false)
  })
})
