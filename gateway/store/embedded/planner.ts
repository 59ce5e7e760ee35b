import type { IndexBounds } from './bounds.ts'
import { boundsOf } from './bounds.ts'
import type { Collection } from './collection.ts'
import { badValue } from './errors.ts'
import type { Index } from './indexes.ts'
import type { PathConditions } from './predicates.ts'
import { conditionsOf, excludesMissing, implies } from './predicates.ts'
import type { SortField } from './sort.ts'
import type { Doc } from './value.ts'
import { isDocument, toNumber } from './value.ts'

export interface IndexPlan {
  kind: 'index'
  index: Index
  /** null: the whole index, in order */
  bounds: IndexBounds | null
  reverse: boolean
  /** documents come in the order of the sort */
  sorted: boolean
}
export interface ScanPlan {
  kind: 'scan'
  reverse: boolean
  sorted: boolean
}
/** `$or`: the union of what each branch finds */
export interface UnionPlan {
  kind: 'union'
  parts: IndexPlan[]
  sorted: false
}
export type Plan = IndexPlan | ScanPlan | UnionPlan

export interface PlanRequest {
  filter: Doc
  sort?: SortField[]
  /** a name, a key pattern or `{$natural: ±1}` (manual: "cursor.hint()") */
  hint?: unknown
}

const SCAN: ScanPlan = { kind: 'scan', reverse: false, sorted: false }

/**
 * Choose how to find candidates. Rules instead of statistics: an equality narrows more than an `$in`,
 * that more than a range, and an index in the order of the sort saves sorting and stops at the limit.
 */
export function planQuery(collection: Collection, request: PlanRequest): Plan {
  const { filter, sort = [], hint } = request
  const natural = naturalDirection(sort, hint)
  if (natural) return { kind: 'scan', reverse: natural < 0, sorted: true }
  const conditions = conditionsOf(filter)
  const wanted = hint === undefined ? null : hintedIndex(collection, hint)
  let best: IndexPlan | null = null
  let bestScore = 0
  for (const index of wanted ? [wanted] : collection.indexes) {
    if (!index.ready || (index.spec.hidden && !wanted)) continue
    const plan = indexPlan(index, conditions, sort, wanted !== null)
    const score = plan ? scoreOf(plan) : 0
    if (plan && (score > bestScore || wanted)) [best, bestScore] = [plan, score]
  }
  if (best && (best.bounds || wanted)) return best
  return unionPlan(collection, filter) ?? best ?? SCAN
}

function naturalDirection(sort: SortField[], hint: unknown): number {
  if (sort[0]?.path === '$natural') return sort[0].direction
  return isDocument(hint) && '$natural' in hint ? toNumber(hint.$natural) : 0
}

function hintedIndex(collection: Collection, hint: unknown): Index {
  const found = collection.indexes.find(({ spec }) =>
    typeof hint === 'string' ? spec.name === hint : samePattern(spec.key, hint),
  )
  if (!found?.ready) {
    throw badValue(
      'error processing query: planner returned error :: caused by :: ' +
        'hint provided does not correspond to an existing index',
    )
  }
  return found
}

/** Key patterns are equal only with the same fields in the same order. */
export function samePattern(key: Doc, other: unknown): boolean {
  if (!isDocument(other)) return false
  const text = (pattern: Doc) =>
    Object.entries(pattern).map(([field, direction]) => `${field}:${toNumber(direction)}`)
  return text(key).join() === text(other).join()
}

function indexPlan(
  index: Index,
  conditions: Map<string, PathConditions>,
  sort: SortField[],
  hinted: boolean,
): IndexPlan | null {
  const { partialFilterExpression: partial, sparse } = index.spec
  const complete =
    (!partial || implies(conditions, partial)) &&
    (!sparse || index.fields.some((field) => excludesMissing(conditions.get(field))))
  // a sparse index is used on demand even where it leaves documents out (manual: "Sparse Indexes")
  if (!complete && !(hinted && sparse && !partial)) return null
  const bounds = boundsOf(index, conditions)
  const direction = sortDirection(index, bounds, conditions, sort)
  // a partial index holds little: worth reading whole when it holds all the query can find
  if (!bounds && !direction && !hinted && !partial) return null
  return { kind: 'index', index, bounds, reverse: direction < 0, sorted: direction !== 0 }
}

/**
 * Whether walking the index gives the order of the sort: 1 forwards, -1 backwards, 0 not at all. Fields
 * that are equal in all documents found do not count. An index of arrays has a document in many places.
 */
function sortDirection(
  index: Index,
  bounds: IndexBounds | null,
  conditions: Map<string, PathConditions>,
  sort: SortField[],
): number {
  if (!sort.length || index.multikey || index.lossy || bounds?.several) return 0
  // only of its own fields does the index know that no document has an array there
  const fixed = (path: string) =>
    index.fields.includes(path) && conditions.get(path)?.points?.length === 1
  let at = bounds?.fixedFields ?? 0
  let walk = 0
  for (const { path, direction } of sort) {
    if (fixed(path)) continue
    while (index.fields[at] !== path && index.fields[at] !== undefined && fixed(index.fields[at]!))
      at++
    if (index.fields[at] !== path) return 0
    const step = index.directions[at]! * direction
    if (walk && step !== walk) return 0
    walk = step
    at++
  }
  return walk || 1
}

function scoreOf({ index, bounds, sorted }: IndexPlan): number {
  if (bounds?.keys) return 1000
  const narrowing = bounds
    ? bounds.fixedFields * (bounds.several ? 8 : 10) + (bounds.ranged ? 5 : 0)
    : 0
  return narrowing + (sorted ? 4 : 0) + (index.spec.partialFilterExpression ? 2 : 0) + 1
}

/** Every branch of an `$or` must have its index; otherwise everything has to be read anyway. */
function unionPlan(collection: Collection, filter: Doc): UnionPlan | null {
  const branches = filter.$or
  if (!Array.isArray(branches)) return null
  const { $or: _, ...rest } = filter
  const parts: IndexPlan[] = []
  for (const branch of branches as Doc[]) {
    const plan = planQuery(collection, { filter: { $and: [rest, branch] } })
    if (plan.kind !== 'index' || !plan.bounds) return null
    parts.push(plan)
  }
  return { kind: 'union', parts, sorted: false }
}
