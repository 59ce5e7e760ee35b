/** Reading and writing inside a document that may be half written. */
import { isObject } from '../doc.ts'

/** Names of properties and, for lists, numbers. */
export type Path = readonly (string | number)[]

export function readAt(value: unknown, path: Path): unknown {
  let inner = value
  for (const key of path) {
    if (Array.isArray(inner)) inner = inner[Number(key)]
    else if (isObject(inner) && Object.hasOwn(inner, key)) inner = inner[key]
    else return undefined
  }
  return inner
}

/**
 * The same document with this value there; `undefined` takes the property or the item out. What is missing on
 * the way is made: a list before a number, an object before a name. What does not change keeps its identity.
 */
export function writeAt<T>(value: T, path: Path, next: unknown): T {
  return written(value, path, next) as T
}

function written(value: unknown, [key, ...rest]: Path, next: unknown): unknown {
  if (key === undefined) return next
  if (typeof key === 'number' || Array.isArray(value)) {
    const list: unknown[] = Array.isArray(value) ? [...(value as unknown[])] : []
    const at = Number(key)
    const inner = written(list[at], rest, next)
    if (inner === undefined) list.splice(at, 1)
    else list[at] = inner
    return list
  }
  const object = isObject(value) ? value : {}
  const inner = written(object[key], rest, next)
  if (Object.is(inner, object[key]) && (inner !== undefined || !Object.hasOwn(object, key)))
    return value
  if (inner !== undefined) return { ...object, [key]: inner }
  const { [key]: _gone, ...others } = object
  return others
}

/** Nothing a person wrote is in it: no words, no numbers, no switches. */
export function isBlank(value: unknown): boolean {
  if (value === undefined || value === null) return true
  if (typeof value === 'string') return value.trim() === ''
  if (Array.isArray(value)) return value.every(isBlank)
  return isObject(value) && Object.values(value).every(isBlank)
}

export const pathText = (path: Path): string => path.join('.')
