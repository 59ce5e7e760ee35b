import type { Collection, StoredRecord } from '../collection.ts'
import { encodeValue } from '../keys.ts'
import { compareValues } from '../compare.ts'
import { badValue } from '../errors.ts'
import { loadExpressions, mentionsExpression } from '../expressions.ts'
import { compileFilter } from '../match.ts'
import { valuesAt } from '../paths.ts'
import type { Projection } from '../project.ts'
import { compileProjection } from '../project.ts'
import type { QueryRequest, Step } from '../query.ts'
import { PAUSE, prepareQuery, search, take } from '../query.ts'
import type { Doc } from '../value.ts'
import { encode, isDocument } from '../value.ts'
import type { Handler } from './command.ts'
import {
  collectionName,
  countField,
  deadlineOf,
  documentField,
  numberField,
  refuseCollation,
} from './command.ts'

const NONE: Step<Uint8Array>[] = []

export const find: Handler = async (request) => {
  const { engine, db, body } = request
  const namespace = `${db}.${collectionName(request)}`
  refuseUnsupported(body)
  const limit = numberField(body, 'limit') ?? 0
  const filter = documentField(body, 'filter') ?? {}
  const variables = documentField(body, 'let')
  const projectionSpec = documentField(body, 'projection')
  if (mentionsExpression(filter) || computes(projectionSpec)) await loadExpressions()
  const projection = compileProjection(projectionSpec, filter, variables)
  const queryRequest: QueryRequest = {
    filter,
    variables,
    sort: body.sort,
    hint: body.hint,
    skip: countField(body, 'skip'),
    limit: Math.abs(limit),
  }
  const collection = engine.storage.collection(namespace)
  if (!collection) compileFilter(filter, variables)
  const batchSize = countField(body, 'batchSize')
  const single = body.singleBatch === true || limit < 0
  return engine.cursors.first(
    namespace,
    collection ? findRaw(collection, queryRequest, projection) : NONE[Symbol.iterator](),
    { batchSize: single ? (batchSize ?? 0) : batchSize, single, deadlineMs: deadlineOf(body) },
  )
}

function refuseUnsupported(body: Doc): void {
  refuseCollation(body)
  if (body.tailable)
    throw badValue('tailable cursors need capped collections, which are not supported')
  for (const name of ['min', 'max', 'returnKey', 'showRecordId']) {
    if (body[name]) throw badValue(`the option '${name}' is not supported by the embedded engine`)
  }
}

const computes = (projection: Doc | undefined): boolean =>
  projection !== undefined &&
  Object.values(projection).some((value) => isDocument(value) || typeof value === 'string')

/** Documents as bytes: those without projection go from disk to the client undecoded. */
export function* findRaw(
  collection: Collection,
  request: QueryRequest,
  projection: Projection | null,
): Generator<Step<Uint8Array>> {
  for (const step of search(collection, prepareQuery(collection, request))) {
    if (step === PAUSE) yield step
    else yield projection ? encode(projection(step.doc)) : step.raw
  }
}

export const getMore: Handler = ({ engine, db, body }) => {
  if (typeof body.collection !== 'string')
    throw badValue("BSON field 'getMore.collection' is missing")
  return engine.cursors.more(
    body.getMore,
    `${db}.${body.collection}`,
    countField(body, 'batchSize') ?? 0,
  )
}

export const killCursors: Handler = ({ engine, body }) => {
  if (!Array.isArray(body.cursors)) throw badValue("BSON field 'killCursors.cursors' is missing")
  const cursorsKilled: unknown[] = []
  const cursorsNotFound: unknown[] = []
  for (const id of body.cursors as unknown[]) {
    ;(engine.cursors.kill(id) ? cursorsKilled : cursorsNotFound).push(id)
  }
  return { cursorsKilled, cursorsNotFound, cursorsAlive: [], cursorsUnknown: [] }
}

export const count: Handler = async (request) => {
  const { engine, db, body } = request
  const namespace = `${db}.${collectionName(request)}`
  refuseCollation(body)
  const filter = documentField(body, 'query') ?? {}
  if (mentionsExpression(filter)) await loadExpressions()
  const collection = engine.storage.collection(namespace)
  const skip = countField(body, 'skip') ?? 0
  const limit = Math.abs(numberField(body, 'limit') ?? 0)
  if (!collection) {
    compileFilter(filter)
    return { n: 0 }
  }
  const all =
    Object.keys(filter).length || body.hint !== undefined
      ? await countMatching(collection, { filter, hint: body.hint }, deadlineOf(body))
      : await collection.documentCount()
  const rest = Math.max(0, all - skip)
  return { n: limit ? Math.min(limit, rest) : rest }
}

export async function countMatching(
  collection: Collection,
  request: QueryRequest,
  deadlineMs?: number,
): Promise<number> {
  let n = 0
  await visit(collection, request, deadlineMs, () => n++)
  return n
}

/** Look at every record a query finds, keeping none. */
async function visit(
  collection: Collection,
  request: QueryRequest,
  deadlineMs: number | undefined,
  look: (record: StoredRecord) => void,
): Promise<void> {
  function* pauses(): Generator<typeof PAUSE> {
    for (const step of search(collection, prepareQuery(collection, request))) {
      if (step === PAUSE) yield step
      else look(step)
    }
  }
  await take(pauses(), Infinity, deadlineMs)
}

export const distinct: Handler = async (request) => {
  const { engine, db, body } = request
  const collection = engine.storage.collection(`${db}.${collectionName(request)}`)
  refuseCollation(body)
  const { key } = body
  if (typeof key !== 'string') throw badValue("BSON field 'distinct.key' is missing")
  const filter = documentField(body, 'query') ?? {}
  if (mentionsExpression(filter)) await loadExpressions()
  if (!collection) return { values: [] }
  const values = new Map<string, unknown>()
  await visit(collection, { filter, hint: body.hint }, deadlineOf(body), ({ doc }) => {
    for (const found of valuesAt(doc, key)) {
      for (const value of Array.isArray(found) ? (found as unknown[]) : [found]) {
        if (value !== undefined) values.set(encodeValue(value).toString('latin1'), value)
      }
    }
  })
  return { values: [...values.values()].sort(compareValues) }
}
