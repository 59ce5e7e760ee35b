import type { Collection } from '../collection.ts'
import { Intake } from '../aggregate/intake.ts'
import type { Task } from '../aggregate/messages.ts'
import { PIECE_BYTES, unpack } from '../aggregate/pieces.ts'
import { checkPipeline, needsStore, planPipeline } from '../aggregate/plan.ts'
import { failedToParse, illegalOperation, typeMismatch } from '../errors.ts'
import { loadExpressions, mentionsExpression } from '../expressions.ts'
import type { QueryRequest, Step } from '../query.ts'
import { candidateBytes, findAll, PAUSE, prepareQuery, search, take } from '../query.ts'
import type { Storage } from '../storage.ts'
import type { Doc } from '../value.ts'
import { encode, isDocument } from '../value.ts'
import type { Handler, Request } from './command.ts'
import {
  collectionName,
  countField,
  deadlineOf,
  documentField,
  documentList,
  refuseCollation,
} from './command.ts'
import { promote } from '../aggregate/promote.ts'
import { isOutputStage, writeOutput } from './output.ts'
import { countMatching, findRaw } from './read.ts'

/** Stages the engine answers for; others are refused before anything runs. */
const STAGES = new Set(
  (
    '$addFields $bucket $bucketAuto $count $densify $facet $fill $graphLookup $group $limit $lookup $match ' +
    '$merge $out $project $redact $replaceRoot $replaceWith $sample $set $setWindowFields $skip $sort ' +
    '$sortByCount $unionWith $unset $unwind'
  ).split(' '),
)

export const aggregate: Handler = async (request) => {
  const { engine, db, body } = request
  const pipeline = documentList(body, 'pipeline')
  if (typeof body.aggregate !== 'string') {
    throw illegalOperation('an aggregation on a database, without a collection, is not supported')
  }
  const namespace = `${db}.${collectionName(request)}`
  refuseCollation(body)
  checkPipeline(pipeline, (stage) => STAGES.has(stage))
  if (body.cursor !== undefined && !isDocument(body.cursor)) {
    throw typeMismatch("BSON field 'aggregate.cursor' is the wrong type, expected type 'object'")
  }
  if (!body.cursor) throw failedToParse("The 'cursor' option is required")
  const last = pipeline[pipeline.length - 1]
  const output = last && isOutputStage(last) ? last : null
  const steps = await run(request, namespace, output ? pipeline.slice(0, -1) : pipeline)
  const options = {
    batchSize: countField(body.cursor, 'batchSize'),
    deadlineMs: deadlineOf(body),
  }
  if (!output) return engine.cursors.first(namespace, steps, options)
  const { items } = await take(steps, Infinity, options.deadlineMs)
  await writeOutput(engine, db, output, items)
  return engine.cursors.first(namespace, ([] as Step<Uint8Array>[])[Symbol.iterator](), options)
}

async function run(
  request: Request,
  namespace: string,
  pipeline: Doc[],
): Promise<Iterator<Step<Uint8Array>>> {
  const { engine, body } = request
  const plan = planPipeline(pipeline)
  const variables = documentField(body, 'let')
  const query: QueryRequest = { ...plan, hint: body.hint, variables }
  if (mentionsExpression(plan.filter) || plan.rest.length) await loadIfNeeded(plan.filter, plan)
  const collection = engine.storage.collection(namespace)
  if (!plan.rest.length) {
    return collection ? findRaw(collection, query, null) : [][Symbol.iterator]()
  }
  if (plan.count) {
    const n = collection ? await countFor(collection, query, deadlineOf(body)) : 0
    return (n ? [encode({ _id: plan.count.id, [plan.count.field]: n })] : [])[Symbol.iterator]()
  }
  if (!collection) return runHere(request, [], plan.rest)
  if (needsStore(plan.rest)) {
    const docs = await readAll(collection, query, deadlineOf(body))
    return runHere(request, docs, plan.rest)
  }
  const { filter, skip, limit, rest: stages } = plan
  const prepared = prepareQuery(collection, query)
  const sort = prepared.plan.sorted ? null : plan.sort
  const task: Task = { filter, sort, skip, limit, stages, variables: variables ?? null }
  const source = () => candidateBytes(collection, prepared)
  const few = allOfFew(source(), new Intake(task))
  if (few) return runHere(request, few, stages)
  const deadlineMs = deadlineOf(body)
  return unpacked(await engine.aggregations.run({ task, source, deadlineMs }))
}

/**
 * The way through another thread takes 1 to 2 ms. So many documents, read from disk, decoded and grouped,
 * hold up others here for about as long as a slice of a search does.
 */
const FEW = 100

/** All documents of a source if they are few, or null. */
function allOfFew(source: Iterator<Uint8Array>, intake: Intake): Doc[] | null {
  let bytes = 0
  for (let n = 0; !intake.full; n++) {
    const { value, done } = source.next()
    if (done) break
    bytes += value.length
    if (n === FEW || bytes > PIECE_BYTES) return null
    intake.add(value)
  }
  return intake.documents()
}

async function runHere(
  { engine, db, body }: Request,
  docs: Doc[],
  stages: Doc[],
): Promise<Iterator<Step<Uint8Array>>> {
  const { expressions, contextWith } = await import('../aggregate/mingo.ts')
  const { lookupStage } = await import('../aggregate/lookup.ts')
  const variables = documentField(body, 'let')
  const find = (name: string, filter: Doc) => readNow(engine.storage, `${db}.${name}`, filter)
  const results = expressions.aggregate(docs, stages, {
    context: contextWith({ $lookup: lookupStage(find) }),
    collectionResolver: (name) => find(name, {}),
    ...(variables ? { variables } : {}),
  })
  return encoded(results)
}

async function loadIfNeeded(filter: Doc, plan: { count: unknown }): Promise<void> {
  if (!plan.count || mentionsExpression(filter)) await loadExpressions()
}

async function countFor(
  collection: Collection,
  query: QueryRequest,
  deadlineMs?: number,
): Promise<number> {
  const plain = !Object.keys(query.filter as Doc).length && !query.skip && !query.limit
  return plain ? collection.documentCount() : countMatching(collection, query, deadlineMs)
}

async function readAll(
  collection: Collection,
  query: QueryRequest,
  deadlineMs?: number,
): Promise<Doc[]> {
  const { items } = await take(
    search(collection, prepareQuery(collection, query)),
    Infinity,
    deadlineMs,
  )
  return items.map(({ doc }) => promote(doc))
}

function readNow(storage: Storage, namespace: string, filter: Doc): Doc[] {
  const collection = storage.collection(namespace)
  if (!collection) return []
  return findAll(collection, prepareQuery(collection, { filter })).map(({ doc }) => promote(doc))
}

const RESULTS_PER_PAUSE = 64

function* encoded(docs: Iterable<Doc>): Generator<Step<Uint8Array>> {
  let n = 0
  for (const doc of docs) {
    if (++n % RESULTS_PER_PAUSE === 0) yield PAUSE
    yield encode(doc)
  }
}

/** What has been given is forgotten: the rest may wait long for its client. */
function* unpacked(pieces: Uint8Array[]): Generator<Uint8Array> {
  for (let piece = pieces.shift(); piece; piece = pieces.shift()) yield* unpack(piece)
}
