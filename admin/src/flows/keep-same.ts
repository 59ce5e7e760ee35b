import { isObject } from './doc.ts'

/**
 * `next`, but with the very objects of `before` wherever they say the same: what did not change keeps its identity
 * and is drawn no second time. `before` itself when nothing differs. The order of keys counts: it is the order of
 * blocks in the document.
 */
export function keepSame<T>(before: unknown, next: T): T {
  if (Object.is(before, next)) return next
  if (Array.isArray(before) && Array.isArray(next)) {
    const items = next.map((item, at) => keepSame<unknown>(before[at], item))
    const same = before.length === next.length && items.every((item, at) => item === before[at])
    return (same ? before : items) as T
  }
  if (isObject(before) && isObject(next)) {
    const entries = Object.entries(next).map(([key, value]) => [key, keepSame(Object.hasOwn(before, key) ? before[key] : undefined, value)] as const) // prettier-ignore
    const keys = Object.keys(before)
    const same =
      keys.length === entries.length &&
      entries.every(([key, value], at) => key === keys[at] && value === before[key])
    return (same ? before : Object.fromEntries(entries)) as T
  }
  return next
}
