import type { Collection } from '../collection.ts'
import { failedToParse, typeMismatch } from '../errors.ts'
import { findAll, prepareQuery } from '../query.ts'
import { compileUpdate } from '../update/compile.ts'
import { buildUpsert } from '../update/upsert.ts'
import type { Doc } from '../value.ts'
import { isDocument } from '../value.ts'
import type { Handler, Request } from './command.ts'
import { checkDatabaseName, collectionName, documentField, refuseCollation } from './command.ts'
import { batchOf, fromDoc, writeBatch } from './insert.ts'
import { loadFor, updateRecord } from './write.ts'

interface Totals {
  nModified: number
  upserted: Doc[]
}

export const update: Handler = async (request) => {
  const { engine, db, body } = request
  const name = collectionName(request)
  checkDatabaseName(db)
  const statements = batchOf<Doc>(body.updates)
  for (const { q, u, arrayFilters, hint } of statements) {
    await loadFor(q, u, ...(Array.isArray(arrayFilters) ? arrayFilters : []))
    if (!isDocument(q)) throw typeMismatch("BSON field 'update.updates.q' is missing")
    if (Array.isArray(hint)) throw failedToParse('the hint of an update is a string or a document')
  }
  return engine.storage.write(() => {
    const totals: Totals = { nModified: 0, upserted: [] }
    const reply = writeBatch(request, statements, (statement, index) =>
      applyStatement(request, name, statement, index, totals),
    )
    const { nModified, upserted } = totals
    return { ...reply, nModified, ...(upserted.length ? { upserted } : {}) }
  })
}

function applyStatement(
  { engine, db, body }: Request,
  name: string,
  statement: Doc,
  index: number,
  totals: Totals,
): number {
  refuseCollation(statement)
  const filter = statement.q as Doc
  const { u, arrayFilters, hint, multi, upsert, sort } = statement
  const variables = { ...documentField(body, 'let'), ...documentField(statement, 'c') }
  const compiled = compileUpdate({ update: u, filter, arrayFilters, variables })
  if (multi && compiled.replacement) {
    throw failedToParse('multi update is not supported for replacement-style update')
  }
  const bypass = body.bypassDocumentValidation === true
  const existing = engine.storage.collection(`${db}.${name}`)
  const found = existing
    ? findAll(
        existing,
        prepareQuery(existing, { filter, hint, sort, variables, limit: multi ? 0 : 1 }),
      )
    : []
  for (const record of found) {
    if (updateRecord(existing!, record, compiled, bypass).changed) totals.nModified++
  }
  if (found.length || !upsert) return found.length
  const collection: Collection = existing ?? engine.storage.ensureCollection(db, name)
  const { raw, doc } = fromDoc(buildUpsert(filter, compiled))
  collection.insert(raw, doc, bypass)
  totals.upserted.push({ index, _id: doc._id })
  return 1
}
