import type { Doc } from './value.ts'
import { fieldOf, isDocument } from './value.ts'

const segmentsByPath = new Map<string, string[]>()

/** The segments of a dotted path; remembered, since the same few paths are asked for all day. */
export function segmentsOf(path: string): string[] {
  let segments = segmentsByPath.get(path)
  if (!segments) {
    if (segmentsByPath.size >= 4096) segmentsByPath.clear()
    segments = path.split('.')
    segmentsByPath.set(path, segments)
  }
  return segments
}

export const topOf = (path: string): string => segmentsOf(path)[0]!

const INDEX = /^(0|[1-9]\d{0,6})$/
export const isArrayIndex = (segment: string): boolean => INDEX.test(segment)

/**
 * All values a query path reaches; arrays on the way are entered, an array at the end is returned whole.
 * `undefined` stands for a missing field. Elements that are no documents are passed over, so `{a: [1]}`
 * has no value at `a.b`, not a missing one (manual: "Query an Array").
 */
export function valuesAt(doc: Doc, path: string): unknown[] {
  const segments = segmentsOf(path)
  if (segments.length === 1) return [fieldOf(doc, path)]
  const found: unknown[] = []
  collect(doc, segments, 0, found)
  return found
}

function collect(value: unknown, segments: string[], at: number, found: unknown[]): void {
  if (at === segments.length) {
    found.push(value)
    return
  }
  const segment = segments[at]!
  if (Array.isArray(value)) {
    if (isArrayIndex(segment) && Number(segment) < value.length) {
      collect(value[Number(segment)], segments, at + 1, found)
    }
    for (const element of value) if (isDocument(element)) collect(element, segments, at, found)
    return
  }
  if (isDocument(value)) collect(fieldOf(value, segment), segments, at + 1, found)
  else found.push(undefined)
}

export interface IndexValues {
  /** at least one; a missing field is `null`, an empty array `undefined` */
  values: unknown[]
  /** path of the array the values come from, if there is one */
  array: string | null
}

/** The values an index keeps for a path: like `valuesAt`, with the last array spread into its elements. */
export function indexValuesAt(doc: Doc, path: string): IndexValues {
  const segments = segmentsOf(path)
  const result: IndexValues = { values: [], array: null }
  spread(doc, segments, 0, result)
  if (!result.values.length) result.values.push(null)
  return result
}

function spread(value: unknown, segments: string[], at: number, result: IndexValues): void {
  if (Array.isArray(value)) {
    const segment = segments[at]
    if (segment !== undefined && isArrayIndex(segment)) {
      spread(value[Number(segment)], segments, at + 1, result)
      return
    }
    result.array ??= segments.slice(0, at).join('.')
    if (at === segments.length) {
      for (const element of value as unknown[]) result.values.push(element ?? null)
      if (!value.length) result.values.push(undefined)
      return
    }
    for (const element of value) if (isDocument(element)) spread(element, segments, at, result)
    return
  }
  if (at === segments.length) result.values.push(value === undefined ? null : value)
  else if (isDocument(value)) spread(fieldOf(value, segments[at]!), segments, at + 1, result)
  else result.values.push(null)
}

/** Whether the path leads to a value at all, as `$exists` asks. */
export const exists = (doc: Doc, path: string): boolean =>
  valuesAt(doc, path).some((value) => value !== undefined)
