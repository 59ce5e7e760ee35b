import type { Collection, StoredRecord } from '../collection.ts'
import { failedToParse } from '../errors.ts'
import { loadExpressions } from '../expressions.ts'
import { compileFilter } from '../match.ts'
import { compileProjection } from '../project.ts'
import { findAll, prepareQuery } from '../query.ts'
import type { CompiledUpdate } from '../update/compile.ts'
import { compileUpdate } from '../update/compile.ts'
import { buildUpsert } from '../update/upsert.ts'
import type { Doc } from '../value.ts'
import { decode, encode, isDocument } from '../value.ts'
import { RawDocument } from '../wire.ts'
import type { Handler } from './command.ts'
import { checkDatabaseName, collectionName, documentField, refuseCollation } from './command.ts'
import { fromDoc } from './insert.ts'
import { loadFor, updateRecord } from './write.ts'

type Shape = (raw: Buffer) => RawDocument

export const findAndModify: Handler = async (request) => {
  const { engine, db, body } = request
  const name = collectionName(request)
  checkDatabaseName(db)
  refuseCollation(body)
  const filter = documentField(body, 'query') ?? {}
  const variables = documentField(body, 'let')
  if (body.remove && body.update)
    throw failedToParse('Cannot specify both an update and remove=true')
  if (!body.remove && !body.update) {
    throw failedToParse('Either an update or remove=true must be specified')
  }
  if (body.remove && body.new) {
    throw failedToParse(
      "Cannot specify both new=true and remove=true; 'remove' always returns the deleted document",
    )
  }
  await loadFor(filter, body.update, ...(Array.isArray(body.arrayFilters) ? body.arrayFilters : []))
  const fields = documentField(body, 'fields')
  if (
    fields &&
    Object.values(fields).some((value) => isDocument(value) || typeof value === 'string')
  ) {
    await loadExpressions()
  }
  const projection = compileProjection(fields, filter, variables)
  const shape: Shape = (raw) => new RawDocument(projection ? encode(projection(decode(raw))) : raw)
  const compiled = body.remove
    ? null
    : compileUpdate({ update: body.update, filter, arrayFilters: body.arrayFilters, variables })
  return engine.storage.write(() => {
    const collection = engine.storage.collection(`${db}.${name}`)
    const request = { filter, sort: body.sort, hint: body.hint, variables, limit: 1 }
    if (!collection) compileFilter(filter, variables)
    const [record] = collection ? findAll(collection, prepareQuery(collection, request)) : []
    if (!compiled) return removeFound(collection, record, shape)
    if (collection && record) return updateFound(collection, record, compiled, body, shape)
    if (!body.upsert) return { lastErrorObject: { n: 0, updatedExisting: false }, value: null }
    return upsertNew(
      collection ?? engine.storage.ensureCollection(db, name),
      filter,
      compiled,
      body,
      shape,
    )
  })
}

function removeFound(
  collection: Collection | undefined,
  record: StoredRecord | undefined,
  shape: Shape,
): Doc {
  if (!collection || !record) return { lastErrorObject: { n: 0 }, value: null }
  collection.remove(record)
  return { lastErrorObject: { n: 1 }, value: shape(record.raw) }
}

function updateFound(
  collection: Collection,
  record: StoredRecord,
  compiled: CompiledUpdate,
  body: Doc,
  shape: Shape,
): Doc {
  const updated = updateRecord(collection, record, compiled, body.bypassDocumentValidation === true)
  return {
    lastErrorObject: { n: 1, updatedExisting: true },
    value: shape(body.new ? updated.raw : record.raw),
  }
}

function upsertNew(
  collection: Collection,
  filter: Doc,
  compiled: CompiledUpdate,
  body: Doc,
  shape: Shape,
): Doc {
  const { raw, doc } = fromDoc(buildUpsert(filter, compiled))
  collection.insert(raw, doc, body.bypassDocumentValidation === true)
  return {
    lastErrorObject: { n: 1, updatedExisting: false, upserted: doc._id },
    value: body.new ? shape(raw) : null,
  }
}
