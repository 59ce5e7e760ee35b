import { badValue, location, sortMemory } from './errors.ts'
import { compareValues } from './compare.ts'
import { valuesAt } from './paths.ts'
import type { Doc } from './value.ts'
import { isDocument, toNumber } from './value.ts'

export interface SortField {
  path: string
  direction: 1 | -1
}

/** Documents sorted in memory may take this much (manual: "Limits and Thresholds", sort operations). */
const MAX_SORT_BYTES = 100 * 1024 * 1024

export function parseSort(sort: unknown): SortField[] {
  if (sort === undefined || sort === null) return []
  if (!isDocument(sort)) throw badValue('the sort has to be a document')
  return Object.entries(sort).map(([path, value]) => {
    if (isDocument(value)) throw badValue(`sorting by ${JSON.stringify(value)} is not supported`)
    const direction = toNumber(value)
    if (direction !== 1 && direction !== -1) {
      throw location(15975, '$sort key ordering must be 1 (for ascending) or -1 (for descending)')
    }
    return { path, direction }
  })
}

/**
 * What a document is sorted by at a path: of an array the least element when ascending and the greatest
 * when descending; an empty array (`undefined`) comes before null, a missing field counts as null.
 */
export function sortValue(doc: Doc, { path, direction }: SortField): unknown {
  let best: unknown
  let found = false
  const offer = (value: unknown) => {
    if (found && compareValues(value, best) * direction >= 0) return
    best = value
    found = true
  }
  for (const value of valuesAt(doc, path)) {
    if (!Array.isArray(value)) offer(value === undefined ? null : value)
    else if (value.length) for (const element of value as unknown[]) offer(element ?? null)
    else offer(undefined)
  }
  return found ? best : null
}

export function sortValues(doc: Doc, sort: SortField[]): unknown[] {
  return sort.map((field) => sortValue(doc, field))
}

export function compareBy(sort: SortField[], a: unknown[], b: unknown[]): number {
  for (let i = 0; i < sort.length; i++) {
    const order = compareValues(a[i], b[i]) * sort[i]!.direction
    if (order) return order
  }
  return 0
}

/**
 * Collects items and gives them back in order, equal ones as they came. With a limit it keeps only the
 * best so far, so a short page of a long list needs little memory.
 */
export class Sorter<T> {
  private readonly sort: SortField[]
  private readonly limit: number
  private items: { item: T; values: unknown[]; at: number }[] = []
  private bytes = 0
  private count = 0

  /** `limit` 0: all */
  constructor(sort: SortField[], limit = 0) {
    this.sort = sort
    this.limit = limit
  }

  add(item: T, doc: Doc, bytes: number): void {
    this.items.push({ item, values: sortValues(doc, this.sort), at: this.count++ })
    this.bytes += bytes
    if (this.limit && this.items.length >= this.limit * 2 + 500) {
      this.order()
      this.items.length = this.limit
      this.bytes = 0
    }
    if (this.bytes > MAX_SORT_BYTES) {
      throw sortMemory(
        `Sort exceeded memory limit of ${MAX_SORT_BYTES} bytes; add an index for this sort or a limit`,
      )
    }
  }

  sorted(): T[] {
    this.order()
    const kept = this.limit ? this.items.slice(0, this.limit) : this.items
    return kept.map(({ item }) => item)
  }

  private order(): void {
    this.items.sort((a, b) => compareBy(this.sort, a.values, b.values) || a.at - b.at)
  }
}
