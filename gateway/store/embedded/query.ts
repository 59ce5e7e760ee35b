import type { Collection, StoredRecord } from './collection.ts'
import { maxTimeExpired } from './errors.ts'
import { compileFilter } from './match.ts'
import type { IndexPlan, Plan } from './planner.ts'
import { planQuery } from './planner.ts'
import { parseSort, Sorter } from './sort.ts'
import type { Doc, Predicate } from './value.ts'
import { typeMismatch } from './errors.ts'
import { isDocument } from './value.ts'

/** Given by a search instead of a record when it has worked for a while without finding one. */
export const PAUSE = Symbol('pause')
export type Step<T> = T | typeof PAUSE
const RECORDS_PER_PAUSE = 64

/** How much a search looked at; `explain` and the tests of the planner read it. */
export interface Effort {
  keysExamined: number
  docsExamined: number
}

export interface Query {
  filter: Doc
  matches: Predicate
  plan: Plan
  sort: ReturnType<typeof parseSort>
  skip: number
  limit: number
  effort: Effort
}

export interface QueryRequest {
  filter?: unknown
  sort?: unknown
  skip?: number
  /** 0: all */
  limit?: number
  hint?: unknown
  variables?: Doc
}

export function prepareQuery(collection: Collection, request: QueryRequest): Query {
  const filter = request.filter ?? {}
  if (!isDocument(filter)) throw typeMismatch('the filter of a query must be a document')
  const sort = parseSort(request.sort)
  return {
    filter,
    matches: compileFilter(filter, request.variables),
    plan: planQuery(collection, { filter, sort, hint: request.hint }),
    sort,
    skip: request.skip ?? 0,
    limit: request.limit ?? 0,
    effort: { keysExamined: 0, docsExamined: 0 },
  }
}

/** The records a query finds, in its order, within its skip and limit. */
export function* search(collection: Collection, query: Query): Generator<Step<StoredRecord>> {
  const { sort, plan, skip, limit } = query
  const source =
    sort.length && !plan.sorted ? searchAndSort(collection, query) : matching(collection, query)
  let seen = 0
  for (const step of source) {
    if (step === PAUSE) yield step
    else if (seen++ >= skip) {
      yield step
      if (limit && seen >= skip + limit) return
    }
  }
}

function* searchAndSort(collection: Collection, query: Query): Generator<Step<StoredRecord>> {
  const sorter = new Sorter<StoredRecord>(query.sort, query.limit ? query.skip + query.limit : 0)
  for (const step of matching(collection, query)) {
    if (step === PAUSE) yield step
    else sorter.add(step, step.doc, step.raw.length)
  }
  yield* sorter.sorted()
}

function* matching(collection: Collection, query: Query): Generator<Step<StoredRecord>> {
  const { matches, plan, effort } = query
  for (const number of candidates(collection, plan)) {
    effort.keysExamined += plan.kind === 'scan' ? 0 : 1
    effort.docsExamined++
    if (effort.docsExamined % RECORDS_PER_PAUSE === 0) yield PAUSE
    const record = collection.read(number)
    if (record && matches(record.doc)) yield record
  }
}

/** What a query has to test, untested and undecoded: for whoever does both elsewhere. */
export function* candidateBytes(collection: Collection, { plan }: Query): Generator<Buffer> {
  for (const number of candidates(collection, plan)) {
    const raw = collection.readRaw(number)
    if (raw) yield raw
  }
}

function* candidates(collection: Collection, plan: Plan): Generator<number> {
  if (plan.kind === 'scan') {
    yield* collection.recordNumbers(plan.reverse)
    return
  }
  if (plan.kind === 'index' && !repeats(plan)) {
    yield* fromIndex(collection, plan)
    return
  }
  const seen = new Set<number>()
  for (const part of plan.kind === 'union' ? plan.parts : [plan]) {
    for (const number of fromIndex(collection, part)) {
      if (seen.has(number)) continue
      seen.add(number)
      yield number
    }
  }
}

/** A document with several entries is met several times. */
const repeats = ({ index }: IndexPlan) => index.multikey

function* fromIndex(collection: Collection, plan: IndexPlan): Generator<number> {
  const { index, bounds, reverse } = plan
  if (bounds?.keys) {
    for (const key of bounds.keys) {
      const number = collection.lookUp(key)
      if (number !== null) yield number
    }
    return
  }
  const ranges = bounds?.ranges ?? [{ start: index.prefix, end: index.end }]
  for (const { start, end } of reverse ? [...ranges].reverse() : ranges) {
    yield* collection.indexNumbers(index, start, end, reverse)
  }
}

/** All records a query finds, at once: for writers, whose transaction must not rest. */
export function findAll(collection: Collection, query: Query): StoredRecord[] {
  const found: StoredRecord[] = []
  for (const step of search(collection, query)) if (step !== PAUSE) found.push(step)
  return found
}

const SLICE_MS = 5

/**
 * Take up to `count` items from a search. It lets other commands in after every 5 ms of work, so a
 * report that reads a whole collection does not hold up a message.
 */
export async function take<T>(
  steps: Iterator<Step<T>>,
  count: number,
  deadlineMs = Infinity,
  bytesOf?: (item: T) => number,
  maxBytes = Infinity,
): Promise<{ items: T[]; done: boolean }> {
  const items: T[] = []
  let bytes = 0
  let sliceEnd = performance.now() + SLICE_MS
  while (items.length < count && bytes < maxBytes) {
    const { value, done } = steps.next()
    if (done) return { items, done: true }
    if (value !== PAUSE) {
      items.push(value)
      bytes += bytesOf?.(value) ?? 0
    }
    if (
      (value === PAUSE || items.length % RECORDS_PER_PAUSE === 0) &&
      performance.now() > sliceEnd
    ) {
      if (Date.now() > deadlineMs) throw maxTimeExpired('operation exceeded time limit')
      await new Promise((resume) => setImmediate(resume))
      sliceEnd = performance.now() + SLICE_MS
    }
  }
  return { items, done: false }
}
