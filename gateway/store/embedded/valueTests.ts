import { sameValue, textOf } from './compare.ts'
import { badValue } from './errors.ts'
import { encodeValue } from './keys.ts'
import { compileRegex } from './regex.ts'
import type { Doc } from './value.ts'
import {
  isDocument,
  isNumeric,
  isRegex,
  RANK,
  rankOf,
  show,
  toNumber,
  TYPE_NUMBERS,
  typeNumberOf,
} from './value.ts'

/** A condition on one value; `undefined` is a missing field. */
export type ValueTest = (value: unknown) => boolean

export function isOperatorDocument(value: unknown): value is Doc {
  if (!isDocument(value)) return false
  const first = Object.keys(value)[0]
  return first !== undefined && first.startsWith('$') && first !== '$ref' && first !== '$id'
}

/** Equality as a query means it: null also matches a missing field; otherwise the types must agree. */
export function equalTest(wanted: unknown): ValueTest {
  if (wanted === null || wanted === undefined)
    return (value) => value === null || value === undefined
  if (typeof wanted === 'string') return (value) => value === wanted || isSymbolOf(value, wanted)
  if (typeof wanted === 'boolean') return (value) => value === wanted
  if (typeof wanted === 'number' && !Number.isNaN(wanted)) {
    return (value) =>
      typeof value === 'number' ? value === wanted : isNumeric(value) && sameValue(value, wanted)
  }
  return sameTest(wanted)
}

const isSymbolOf = (value: unknown, wanted: string) =>
  typeof value === 'object' && rankOf(value) === RANK.string && textOf(value) === wanted

export const sameTest =
  (wanted: unknown): ValueTest =>
  (value) =>
    value !== undefined && sameValue(value, wanted)

export const isNaNValue = (value: unknown): boolean =>
  isNumeric(value) && Number.isNaN(toNumber(value))

export function memberTest(name: string, list: unknown): ValueTest {
  if (!Array.isArray(list)) throw badValue(`${name} needs an array`)
  const plain = new Set<unknown>()
  const keys = new Set<string>()
  const regexes: ValueTest[] = []
  let withNull = false
  for (const wanted of list as unknown[]) {
    if (isRegex(wanted)) regexes.push(regexTest(compileRegex(wanted)))
    else if (isOperatorDocument(wanted)) throw badValue(`cannot nest $ under ${name}`)
    else if (wanted === null || wanted === undefined) withNull = true
    else if (typeof wanted === 'string') plain.add(wanted)
    else keys.add(encodeValue(wanted).toString('latin1'))
  }
  return (value) => {
    if (value === undefined || value === null) return withNull
    if (typeof value === 'string') return plain.has(value) || regexes.some((test) => test(value))
    if (keys.size && keys.has(encodeValue(value).toString('latin1'))) return true
    return regexes.some((test) => test(value))
  }
}

export function typeTest(operand: unknown): ValueTest {
  const wanted = new Set<number>()
  for (const alias of Array.isArray(operand) ? (operand as unknown[]) : [operand]) {
    if (alias === 'number') for (const number of [1, 16, 18, 19]) wanted.add(number)
    else if (typeof alias === 'string') {
      const number = TYPE_NUMBERS[alias]
      if (number === undefined) throw badValue(`Unknown type name alias: ${alias}`)
      wanted.add(number)
    } else if (isNumeric(alias)) wanted.add(toNumber(alias))
    else throw badValue('type must be represented as a number or a string')
  }
  // a whole number is kept as int even where a double was sent, see value.ts
  return (value) => value !== undefined && wanted.has(typeNumberOf(value))
}

export function sizeTest(operand: unknown): ValueTest {
  const size = toNumber(operand)
  if (!Number.isInteger(size))
    throw badValue(`Failed to parse $size. Expected an integer: ${show(operand)}`)
  if (size < 0) throw badValue(`Failed to parse $size. Expected a non-negative number in: ${size}`)
  return (value) => Array.isArray(value) && value.length === size
}

export function modTest(operand: unknown): ValueTest {
  if (!Array.isArray(operand)) throw badValue('malformed mod, needs to be an array')
  if (operand.length !== 2) throw badValue('malformed mod, needs two elements')
  const [divisor, remainder] = operand.map((part) => Math.trunc(toNumber(part))) as [number, number]
  if (!divisor) throw badValue('divisor cannot be 0')
  return (value) => isNumeric(value) && Math.trunc(toNumber(value)) % divisor === remainder
}

export function regexTest(regex: RegExp): ValueTest {
  return (value) => {
    if (typeof value === 'string') return regex.test(value)
    // a stored regular expression is matched by an equal one
    return isRegex(value) && compileRegex(value).toString() === regex.toString()
  }
}
