/**
 * Reads `a.b.0.c` from plain data. Own properties only, so `__proto__` and `constructor` lead
 * nowhere whatever the document says.
 */
export function readPath(root: unknown, path: string): unknown {
  let value = root
  for (const key of splitPath(path)) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    value = (value as Record<string, unknown>)[key]
  }
  return value
}

const paths = new Map<string, string[]>()
const MAX_PATHS = 10_000

function splitPath(path: string): string[] {
  let keys = paths.get(path)
  if (!keys) {
    keys = path.split('.')
    if (paths.size >= MAX_PATHS) paths.clear()
    paths.set(path, keys)
  }
  return keys
}

/** Nothing to speak of: null, undefined, '' or an empty list or object. */
export function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true
  if (Array.isArray(value)) return value.length === 0
  return typeof value === 'object' && Object.keys(value).length === 0
}
