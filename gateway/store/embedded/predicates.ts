import { compareValues } from './compare.ts'
import { fieldTest } from './match.ts'
import { isOperatorDocument } from './valueTests.ts'
import { segmentsOf } from './paths.ts'
import { compileRegex, literalPrefix } from './regex.ts'
import type { Doc } from './value.ts'
import { isDocument, isRegex, isTruthy, RANK, typeClassOf } from './value.ts'

export interface Bound {
  value: unknown
  inclusive: boolean
}

/** What a filter certainly demands of one path; conditions that say less than this are left out. */
export interface PathConditions {
  /** any of these values; one of them for an equality */
  points?: unknown[]
  low?: Bound
  high?: Bound
  exists?: boolean
}

/** More values than this in an `$in` are looked up by a scan. */
const MAX_POINTS = 1000

/**
 * The conditions on which an index can help: those joined by AND at the top of the filter. The whole
 * filter is tested on every document found, so leaving one out costs speed, never truth.
 */
export function conditionsOf(filter: Doc, found = new Map<string, PathConditions>()) {
  for (const name of Object.keys(filter)) {
    const condition = filter[name]
    if (name === '$and' && Array.isArray(condition)) {
      for (const branch of condition) if (isDocument(branch)) conditionsOf(branch, found)
    } else if (!name.startsWith('$')) {
      let known = found.get(name)
      if (!known) found.set(name, (known = {}))
      addCondition(known, condition)
    }
  }
  return found
}

function addCondition(known: PathConditions, condition: unknown): void {
  if (isRegex(condition)) return addPrefix(known, condition)
  if (!isOperatorDocument(condition)) {
    if (canBePoint(condition)) known.points ??= [condition]
    return
  }
  for (const [operator, operand] of Object.entries(condition)) {
    if (operator === '$eq' && canBePoint(operand)) known.points ??= [operand]
    else if (operator === '$in' && Array.isArray(operand)) {
      if (operand.length <= MAX_POINTS && operand.every(canBePoint)) known.points ??= operand
    } else if (operator === '$gt' || operator === '$gte') {
      if (canBeBound(operand)) known.low ??= { value: operand, inclusive: operator === '$gte' }
    } else if (operator === '$lt' || operator === '$lte') {
      if (canBeBound(operand)) known.high ??= { value: operand, inclusive: operator === '$lte' }
    } else if (operator === '$exists' && isTruthy(operand)) known.exists = true
    else if (operator === '$regex') addPrefix(known, operand, condition.$options)
  }
}

/** `^12301` is the range from "12301" to below "12301\u{10ffff}". */
function addPrefix(known: PathConditions, pattern: unknown, options?: unknown): void {
  const prefix = literalPrefix(compileRegex(pattern, options))
  if (prefix === null || known.low || known.high) return
  known.low = { value: prefix, inclusive: true }
  known.high = { value: `${prefix}\u{10ffff}`, inclusive: true }
}

/** An array equals a whole array or an element, which index entries cannot tell apart. */
const canBePoint = (value: unknown): boolean =>
  value !== undefined && !Array.isArray(value) && !isRegex(value) && !isOperatorDocument(value)

const UNBOUNDED: number[] = [RANK.null, RANK.array, RANK.object, RANK.minKey, RANK.maxKey]
const canBeBound = (value: unknown): boolean =>
  canBePoint(value) && !UNBOUNDED.includes(typeClassOf(value))

/** Whether these conditions can only hold for a field that exists and is not null. */
export const excludesMissing = (conditions: PathConditions | undefined): boolean =>
  conditions !== undefined &&
  (conditions.low !== undefined ||
    conditions.high !== undefined ||
    conditions.exists === true ||
    (conditions.points?.every((value) => value !== null) ?? false))

/**
 * Whether every document a query finds is in an index with this partial filter (manual: "Partial
 * Indexes"): each condition of the filter must follow from the query's own.
 */
export function implies(conditions: Map<string, PathConditions>, partial: Doc): boolean {
  return Object.entries(partial).every(([name, wanted]) => {
    if (name === '$and') return (wanted as Doc[]).every((branch) => implies(conditions, branch))
    const known = conditions.get(name)
    if (name.startsWith('$') || !known) return false
    const operators = isOperatorDocument(wanted) ? wanted : { $eq: wanted }
    return Object.entries(operators).every(([operator, operand]) =>
      follows(known, name, operator, operand),
    )
  })
}

function follows(known: PathConditions, path: string, operator: string, operand: unknown): boolean {
  const { points, low, high } = known
  if (points) {
    const test = fieldTest(path, { [operator]: operand }, 0)
    return points.every((value) => test(documentWith(path, value)))
  }
  switch (operator) {
    case '$exists':
      return isTruthy(operand) && excludesMissing(known)
    case '$gt':
    case '$gte':
      return low !== undefined && within(low, operand, operator === '$gte', 1)
    case '$lt':
    case '$lte':
      return high !== undefined && within(high, operand, operator === '$lte', -1)
  }
  return false
}

/** A bound of the query that is at least as tight as the one of the partial filter. */
function within(bound: Bound, limit: unknown, limitIncluded: boolean, sign: 1 | -1): boolean {
  if (typeClassOf(bound.value) !== typeClassOf(limit)) return false
  const order = compareValues(bound.value, limit) * sign
  return order > 0 || (order === 0 && (limitIncluded || !bound.inclusive))
}

const documentWith = (path: string, value: unknown): Doc =>
  segmentsOf(path).reduceRight<unknown>((inner, segment) => ({ [segment]: inner }), value) as Doc
