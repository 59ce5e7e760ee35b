import { Binary } from 'bson'
import {
  badValue,
  indexNotFound,
  namespaceExists,
  namespaceNotFound,
  notSupported,
} from '../errors.ts'
import { compileFilter } from '../match.ts'
import type { CollectionOptions } from '../collection.ts'
import { samePattern } from '../planner.ts'
import type { Doc } from '../value.ts'
import { encode, isDocument, isNumeric, isTruthy, toNumber } from '../value.ts'
import type { Engine, Handler } from './command.ts'
import { checkDatabaseName, collectionName, countField, documentField } from './command.ts'

const REFUSED_OPTIONS: Record<string, string> = {
  capped: 'capped collections',
  timeseries: 'time series collections',
  viewOn: 'views',
  clusteredIndex: 'clustered collections',
  encryptedFields: 'encrypted fields',
  changeStreamPreAndPostImages: 'change streams',
}

const VALIDATION_OPTIONS = ['validator', 'validationAction', 'validationLevel'] as const

export const create: Handler = (request) => {
  const { engine, db, body } = request
  const name = collectionName(request)
  checkDatabaseName(db)
  for (const [option, what] of Object.entries(REFUSED_OPTIONS)) {
    if (isTruthy(body[option]))
      throw notSupported(`${what} are not supported by the embedded engine`)
  }
  const { collation } = body
  if (isDocument(collation) && collation.locale !== 'simple') {
    throw notSupported('a collection with a collation is not supported by the embedded engine')
  }
  const options = validationOptions(body)
  return engine.storage.write(() => {
    if (engine.storage.collection(`${db}.${name}`)) {
      throw namespaceExists(`Collection ${db}.${name} already exists.`)
    }
    engine.storage.createCollection(db, name, options)
    return {}
  })
}

function validationOptions(body: Doc): CollectionOptions {
  const options: Doc = {}
  for (const name of VALIDATION_OPTIONS) if (body[name] !== undefined) options[name] = body[name]
  if (options.validator !== undefined) compileFilter(documentField(options, 'validator'))
  return options
}

export const collMod: Handler = (request) => {
  const { engine, db, body } = request
  const namespace = `${db}.${collectionName(request)}`
  const options = validationOptions(body)
  return engine.storage.write(() => {
    const collection = engine.storage.collection(namespace)
    if (!collection) throw namespaceNotFound('ns does not exist')
    const change = documentField(body, 'index')
    const index = collection.indexes.find(({ spec }) =>
      change?.name ? spec.name === change.name : samePattern(spec.key, change?.keyPattern),
    )
    if (change && !index) throw indexNotFound('cannot find the index to change')
    if (change && index) {
      const { expireAfterSeconds, hidden } = change
      if (isNumeric(expireAfterSeconds))
        index.spec.expireAfterSeconds = toNumber(expireAfterSeconds)
      if (hidden !== undefined) index.spec.hidden = isTruthy(hidden)
    }
    Object.assign(collection.options, options)
    collection.applyValidator()
    collection.save()
    return {}
  })
}

export const drop: Handler = (request) => {
  const { engine, db } = request
  const namespace = `${db}.${collectionName(request)}`
  return engine.storage.write(() => {
    const collection = engine.storage.collection(namespace)
    // since 7.0 dropping what is not there is no error
    if (!collection) return {}
    const nIndexesWas = collection.indexes.length
    engine.storage.dropCollection(collection)
    engine.cursors.killAllOf(namespace)
    return { nIndexesWas, ns: namespace }
  })
}

export const dropDatabase: Handler = ({ engine, db }) =>
  engine.storage.write(() => {
    for (const collection of collectionsOf(engine, db)) {
      engine.storage.dropCollection(collection)
      engine.cursors.killAllOf(collection.namespace)
    }
    return { dropped: db }
  })

const collectionsOf = ({ storage }: Engine, db: string) =>
  [...storage.collections.values()].filter((collection) => collection.db === db)

export const listCollections: Handler = ({ engine, db, body }) => {
  const matches = compileFilter(documentField(body, 'filter'))
  const docs = collectionsOf(engine, db).map((collection): Doc => {
    const { name, options, uuid } = collection
    if (body.nameOnly) return { name, type: 'collection' }
    const idIndex = { v: 2, key: { _id: 1 }, name: '_id_' }
    const info = { readOnly: false, uuid: new Binary(uuid.buffer, Binary.SUBTYPE_UUID) }
    return { name, type: 'collection', options, info, idIndex }
  })
  const batchSize = isDocument(body.cursor) ? countField(body.cursor, 'batchSize') : undefined
  const found = docs.filter(matches).map(encode)
  return engine.cursors.first(`${db}.$cmd.listCollections`, found[Symbol.iterator](), { batchSize })
}

export const listDatabases: Handler = ({ engine, db, body }) => {
  if (db !== 'admin') throw badValue('listDatabases may only be run against the admin database.')
  const matches = compileFilter(documentField(body, 'filter'))
  const names = new Set([...engine.storage.collections.values()].map((collection) => collection.db))
  const databases = [...names]
    .sort()
    .map((name): Doc => ({ name, sizeOnDisk: 0, empty: false }))
    .filter(matches)
  return {
    databases: body.nameOnly ? databases.map(({ name }) => ({ name })) : databases,
    totalSize: 0,
  }
}

export const collStats: Handler = async (request) => {
  const { engine, db } = request
  const namespace = `${db}.${collectionName(request)}`
  const collection = engine.storage.collection(namespace)
  return {
    ns: namespace,
    count: (await collection?.documentCount()) ?? 0,
    nindexes: collection?.indexes.length ?? 0,
    capped: false,
  }
}

export const dbStats: Handler = async ({ engine, db }) => {
  const collections = collectionsOf(engine, db)
  const counts = await Promise.all(collections.map((collection) => collection.documentCount()))
  return {
    db,
    collections: collections.length,
    objects: counts.reduce((sum, count) => sum + count, 0),
    indexes: collections.reduce((sum, collection) => sum + collection.indexes.length, 0),
  }
}
