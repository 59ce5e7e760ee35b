/**
 * Somebody saved the record while a person was typing. What the person changed is kept, what they
 * did not touch becomes what is stored now, and fields both changed are named so they can choose.
 */
export interface Rebased<T> {
  values: T
  /** fields changed on both sides and to different values: mine is kept, theirs is shown */
  clashes: { field: keyof T & string; theirs: unknown }[]
}

export function rebase<T extends object>(base: T, mine: T, theirs: T): Rebased<T> {
  const values: T = { ...theirs }
  const clashes: Rebased<T>['clashes'] = []
  for (const field of fieldsOf(base, mine, theirs)) {
    if (same(base[field], mine[field])) continue
    values[field] = mine[field]
    if (!same(base[field], theirs[field]) && !same(mine[field], theirs[field]))
      clashes.push({ field, theirs: theirs[field] })
  }
  return { values, clashes }
}

/** Only what differs, so that an update says no more than the person did. */
export function changesOf<T extends object>(base: T, mine: T): Partial<T> {
  const changes: Partial<T> = {}
  for (const field of fieldsOf(base, mine))
    if (!same(base[field], mine[field])) changes[field] = mine[field]
  return changes
}

/** Alike as JSON would say it: order of keys and absent-or-undefined make no difference. */
export function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, at) => same(item, b[at]))
  if (!isRecord(a) || !isRecord(b)) return false
  return fieldsOf(a, b).every((field) => same(a[field], b[field]))
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function fieldsOf<T extends object>(...all: T[]): (keyof T & string)[] {
  return [...new Set(all.flatMap((one) => Object.keys(one)))] as (keyof T & string)[]
}
