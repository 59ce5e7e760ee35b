import type { Collection } from '../collection.ts'
import {
  badValue,
  cannotCreateIndex,
  CommandError,
  failedToParse,
  indexKeySpecsConflict,
  indexNotFound,
  indexOptionsConflict,
  invalidOptions,
  namespaceNotFound,
  notSupported,
  typeMismatch,
} from '../errors.ts'
import type { Index, IndexSpec } from '../indexes.ts'
import type { Direction } from '../keys.ts'
import { samePattern } from '../planner.ts'
import { encode, isDocument, isNumeric, isTruthy, show, toNumber } from '../value.ts'
import type { Doc } from '../value.ts'
import type { Handler } from './command.ts'
import { checkDatabaseName, collectionName, countField, documentList } from './command.ts'

const MAX_INDEXES = 64

export const createIndexes: Handler = (request) => {
  const { engine, db, body } = request
  const name = collectionName(request)
  checkDatabaseName(db)
  const specs = documentList(body, 'indexes').map(parseSpec)
  if (!specs.length) throw badValue('Must specify at least one index to create')
  const { storage } = engine
  return storage.write(() => {
    const existed = storage.collection(`${db}.${name}`) !== undefined
    const collection = storage.ensureCollection(db, name)
    const before = collection.indexes.length
    let built = 0
    for (const spec of specs) {
      if (alreadyThere(collection, spec)) continue
      collection.addIndex(spec)
      built++
    }
    return {
      numIndexesBefore: before,
      numIndexesAfter: collection.indexes.length,
      createdCollectionAutomatically: !existed,
      ...(built ? {} : { note: 'all indexes already exist' }),
    }
  })
}

const KNOWN_OPTIONS = new Set(
  (
    'v key name unique sparse hidden partialFilterExpression expireAfterSeconds background ns ' +
    'collation comment'
  ).split(' '),
)

function parseSpec(given: Doc): IndexSpec {
  for (const option of Object.keys(given)) {
    if (!KNOWN_OPTIONS.has(option)) {
      throw notSupported(`the index option '${option}' is not supported by the embedded engine`)
    }
  }
  const { collation, partialFilterExpression: partial } = given
  if (collation !== undefined && !(isDocument(collation) && collation.locale === 'simple')) {
    throw notSupported('an index with a collation is not supported by the embedded engine')
  }
  const key = parseKey(given.key)
  if (typeof given.name !== 'string' || !given.name) {
    throw failedToParse("The 'name' field is a required property of an index specification")
  }
  const spec: IndexSpec = { v: 2, key, name: given.name }
  if (isTruthy(given.unique)) spec.unique = true
  if (isTruthy(given.sparse)) spec.sparse = true
  if (isTruthy(given.hidden)) spec.hidden = true
  if (partial !== undefined) {
    if (!isDocument(partial)) throw typeMismatch("'partialFilterExpression' must be an object")
    if (spec.sparse)
      throw cannotCreateIndex("cannot mix 'partialFilterExpression' and 'sparse' options")
    checkPartial(partial)
    spec.partialFilterExpression = partial
  }
  if (given.expireAfterSeconds !== undefined) spec.expireAfterSeconds = expiry(given, spec)
  return spec
}

function parseKey(key: unknown): Record<string, Direction> {
  if (!isDocument(key)) throw typeMismatch("The field 'key' must be an object")
  const fields = Object.entries(key)
  if (!fields.length) throw cannotCreateIndex('Index keys cannot be an empty object')
  if (fields.length > 32) throw new CommandError(13103, 'Location13103', 'too many compound keys')
  return Object.fromEntries(
    fields.map(([field, order]): [string, Direction] => {
      if (field.split('.').includes(''))
        throw cannotCreateIndex('Index keys cannot contain an empty field.')
      if (typeof order === 'string') {
        throw notSupported(`an index of kind '${order}' is not supported by the embedded engine`)
      }
      if (field.includes('$')) {
        throw notSupported(
          'wildcard and positional indexes are not supported by the embedded engine',
        )
      }
      const number = isNumeric(order) ? toNumber(order) : 0
      if (!number)
        throw cannotCreateIndex(`Values in v:2 index key pattern cannot be ${show(order)}`)
      return [field, number < 0 ? -1 : 1]
    }),
  )
}

/** The operators of the manual page "Partial Indexes". */
const PARTIAL_OPERATORS = new Set('$eq $exists $gt $gte $lt $lte $type $in'.split(' '))

function checkPartial(filter: Doc): void {
  for (const [name, condition] of Object.entries(filter)) {
    if (name === '$and' && Array.isArray(condition)) {
      for (const branch of condition) checkPartial(branch as Doc)
    } else if (name.startsWith('$')) {
      throw cannotCreateIndex(`unsupported expression in partial index: ${name}`)
    } else if (isDocument(condition)) {
      for (const [operator, operand] of Object.entries(condition)) {
        const refused = operator === '$exists' && !isTruthy(operand)
        if (operator.startsWith('$') && (refused || !PARTIAL_OPERATORS.has(operator))) {
          throw cannotCreateIndex(
            `unsupported expression in partial index: ${operator}: ${show(operand)}`,
          )
        }
      }
    }
  }
}

function expiry(given: Doc, spec: IndexSpec): number {
  const seconds = isNumeric(given.expireAfterSeconds) ? toNumber(given.expireAfterSeconds) : NaN
  if (!Number.isFinite(seconds) || seconds < 0 || seconds > 0x7fffffff) {
    throw cannotCreateIndex(
      'TTL index expireAfterSeconds must be a number between 0 and 2147483647',
    )
  }
  if (Object.keys(spec.key).length !== 1 || '_id' in spec.key) {
    throw cannotCreateIndex(
      'TTL indexes are single-field indexes, and the _id field does not support them',
    )
  }
  return seconds
}

/** Error 85 or 86 where an index of the same key or name differs (manual: "createIndexes"). */
function alreadyThere({ indexes }: Collection, spec: IndexSpec): boolean {
  if (samePattern(spec.key, { _id: 1 })) return true
  const byName = indexes.find((index) => index.spec.name === spec.name)
  if (byName) {
    if (samePattern(byName.spec.key, spec.key) && optionsOf(byName.spec) === optionsOf(spec))
      return true
    throw indexKeySpecsConflict(
      'An existing index has the same name as the requested index. When index names are not specified, ' +
        'they are auto generated and can cause conflicts. Please refer to our documentation. ' +
        `Requested index: ${show({ ...spec })}, existing index: ${show({ ...byName.spec })}`,
    )
  }
  const byKey = indexes.find(
    (index) => samePattern(index.spec.key, spec.key) && partialOf(index.spec) === partialOf(spec),
  )
  if (byKey) {
    throw indexOptionsConflict(
      optionsOf(byKey.spec) === optionsOf(spec)
        ? `Index already exists with a different name: ${byKey.spec.name}`
        : `An equivalent index already exists with different options: ${byKey.spec.name}`,
    )
  }
  if (indexes.length >= MAX_INDEXES) {
    throw cannotCreateIndex(`add index fails, too many indexes for collection: ${MAX_INDEXES}`)
  }
  return false
}

const partialOf = ({ partialFilterExpression }: IndexSpec) => show(partialFilterExpression)

const optionsOf = (spec: IndexSpec) =>
  [spec.unique ?? false, spec.sparse ?? false, spec.expireAfterSeconds, partialOf(spec)].join()

export const listIndexes: Handler = (request) => {
  const { engine, db, body } = request
  const namespace = `${db}.${collectionName(request)}`
  const collection = engine.storage.collection(namespace)
  if (!collection) throw namespaceNotFound(`ns does not exist: ${namespace}`)
  const specs = collection.indexes.map(({ spec }) => encode({ ...spec }))
  return engine.cursors.first(namespace, specs[Symbol.iterator](), {
    batchSize: isDocument(body.cursor) ? countField(body.cursor, 'batchSize') : undefined,
  })
}

export const dropIndexes: Handler = (request) => {
  const { engine, db, body } = request
  const namespace = `${db}.${collectionName(request)}`
  const wanted = Array.isArray(body.index) ? (body.index as unknown[]) : [body.index]
  return engine.storage.write(() => {
    const collection = engine.storage.collection(namespace)
    if (!collection) throw namespaceNotFound('ns not found')
    const nIndexesWas = collection.indexes.length
    const dropped = wanted.flatMap((item) => indexesNamed(collection, item))
    for (const index of new Set(dropped)) collection.dropIndex(index)
    engine.cursors.killAllOf(namespace)
    return { nIndexesWas }
  })
}

function indexesNamed({ indexes }: Collection, wanted: unknown): Index[] {
  if (wanted === '*') return indexes.filter(({ spec }) => spec.name !== '_id_')
  const found = indexes.filter(({ spec }) =>
    typeof wanted === 'string' ? spec.name === wanted : samePattern(spec.key, wanted),
  )
  if (!found.length) throw indexNotFound(`index not found with name [${String(show(wanted))}]`)
  if (found.some(({ spec }) => spec.name === '_id_')) throw invalidOptions('cannot drop _id index')
  return found
}
