import { BSONRegExp, Long, Timestamp } from 'bson'
import { compileRegex } from '../regex.ts'
import type { Doc } from '../value.ts'
import { isDocument } from '../value.ts'

/**
 * mingo calculates with JavaScript numbers only: an int64 that fits one becomes one. The document belongs
 * to the caller and is changed in place.
 */
export function promote(doc: Doc): Doc {
  for (const name of Object.keys(doc)) {
    const value = doc[name]
    if (typeof value === 'object' && value !== null) doc[name] = promoteValue(value)
  }
  return doc
}

function promoteValue(value: object): unknown {
  if (isDocument(value)) return promote(value)
  if (Array.isArray(value)) {
    const elements = value as unknown[]
    elements.forEach((element, i) => {
      if (typeof element === 'object' && element !== null) elements[i] = promoteValue(element)
    })
    return elements
  }
  if (value instanceof BSONRegExp) return compileRegex(value)
  if (!(value instanceof Long) || value instanceof Timestamp) return value
  const number = value.toNumber()
  return Number.isSafeInteger(number) ? number : value
}
