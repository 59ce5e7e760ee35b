import { badValue, notSupported } from './errors.ts'
import { compareValues, sameValue, textOf } from './compare.ts'
import { encodeValue } from './keys.ts'
import { allOf, compileFilter } from './match.ts'
import { valuesAt } from './paths.ts'
import { compileRegex } from './regex.ts'
import type { Doc, Predicate } from './value.ts'
import {
  isDocument,
  isNumeric,
  isRegex,
  isTruthy,
  RANK,
  rankOf,
  show,
  toNumber,
  TYPE_NUMBERS,
  typeClassOf,
  typeNumberOf,
} from './value.ts'

type ValueTest = (value: unknown) => boolean

/** The condition on one field: a value to equal, a regular expression, or a document of operators. */
export function fieldTest(path: string, condition: unknown, depth: number): Predicate {
  if (isRegex(condition)) return onAny(path, regexTest(compileRegex(condition)))
  if (!isOperatorDocument(condition)) return onAny(path, equalTest(condition))
  const tests: Predicate[] = []
  for (const name of Object.keys(condition)) {
    if (name === '$options') {
      if (!('$regex' in condition)) throw badValue('$options needs a $regex')
      continue
    }
    tests.push(operatorTest(path, name, condition, depth))
  }
  return allOf(tests)
}

export function isOperatorDocument(value: unknown): value is Doc {
  if (!isDocument(value)) return false
  const first = Object.keys(value)[0]
  return first !== undefined && first.startsWith('$') && first !== '$ref' && first !== '$id'
}

/** True if any value at the path passes, or any element of an array there. */
function onAny(path: string, test: ValueTest): Predicate {
  return (doc) => {
    for (const value of valuesAt(doc, path)) {
      if (test(value)) return true
      if (Array.isArray(value) && value.some(test)) return true
    }
    return false
  }
}

/** As `onAny`, without looking into an array at the end of the path. */
const onWhole =
  (path: string, test: ValueTest): Predicate =>
  (doc) =>
    valuesAt(doc, path).some(test)

const not =
  (test: Predicate): Predicate =>
  (doc) =>
    !test(doc)

function operatorTest(path: string, name: string, condition: Doc, depth: number): Predicate {
  const operand = condition[name]
  switch (name) {
    case '$eq':
      return onAny(path, isRegex(operand) ? sameTest(operand) : equalTest(operand))
    case '$ne':
      if (isRegex(operand)) throw badValue("Can't have regex as arg to $ne.")
      return not(onAny(path, equalTest(operand)))
    case '$gt':
      return comparison(path, operand, (order) => order > 0, false)
    case '$gte':
      return comparison(path, operand, (order) => order >= 0, true)
    case '$lt':
      return comparison(path, operand, (order) => order < 0, false)
    case '$lte':
      return comparison(path, operand, (order) => order <= 0, true)
    case '$in':
      return onAny(path, memberTest(name, operand))
    case '$nin':
      return not(onAny(path, memberTest(name, operand)))
    case '$exists': {
      const wanted = isTruthy(operand)
      return (doc) => valuesAt(doc, path).some((value) => value !== undefined) === wanted
    }
    case '$type':
      return typeTest(path, operand)
    case '$size':
      return sizeTest(path, operand)
    case '$mod':
      return onAny(path, modTest(operand))
    case '$regex':
      return onAny(path, regexTest(compileRegex(operand, condition.$options)))
    case '$all':
      return allTest(path, operand, depth)
    case '$elemMatch': {
      const test = elementTest(operand, depth)
      return onWhole(path, (value) => Array.isArray(value) && value.some(test))
    }
    case '$not':
      if (isRegex(operand)) return not(fieldTest(path, operand, depth + 1))
      if (!isOperatorDocument(operand)) throw badValue('$not needs a regex or a document')
      return not(fieldTest(path, operand, depth + 1))
    case '$comment':
      return () => true
  }
  if (/^\$(geo|near|within|bits)/.test(name)) {
    throw notSupported(`${name} is not supported by the embedded engine`)
  }
  throw badValue(`unknown operator: ${name}`)
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

const sameTest =
  (wanted: unknown): ValueTest =>
  (value) =>
    value !== undefined && sameValue(value, wanted)

/**
 * Range operators compare within one type ("type bracketing"); null also stands for missing under the
 * inclusive ones; MinKey and MaxKey compare with everything; NaN only equals itself.
 */
function comparison(
  path: string,
  operand: unknown,
  passes: (order: number) => boolean,
  inclusive: boolean,
): Predicate {
  if (isRegex(operand)) throw badValue(`Can't have RegEx as arg to predicate over field '${path}'.`)
  const type = typeClassOf(operand)
  const never: Predicate = () => false
  if (type === RANK.null) return inclusive ? onAny(path, equalTest(null)) : never
  if (type === RANK.minKey || type === RANK.maxKey) {
    return onAny(path, (value) => passes(compareValues(value ?? null, operand)))
  }
  if (isNaNValue(operand)) return inclusive ? onAny(path, isNaNValue) : never
  return onAny(
    path,
    (value) =>
      value !== undefined &&
      typeClassOf(value) === type &&
      !isNaNValue(value) &&
      passes(compareValues(value, operand)),
  )
}

const isNaNValue = (value: unknown): boolean => isNumeric(value) && Number.isNaN(toNumber(value))

function memberTest(name: string, list: unknown): ValueTest {
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

function typeTest(path: string, operand: unknown): Predicate {
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
  const test: ValueTest = (value) => value !== undefined && wanted.has(typeNumberOf(value))
  return onAny(path, test)
}

function sizeTest(path: string, operand: unknown): Predicate {
  const size = toNumber(operand)
  if (!Number.isInteger(size))
    throw badValue(`Failed to parse $size. Expected an integer: ${show(operand)}`)
  if (size < 0) throw badValue(`Failed to parse $size. Expected a non-negative number in: ${size}`)
  return onWhole(path, (value) => Array.isArray(value) && value.length === size)
}

function modTest(operand: unknown): ValueTest {
  if (!Array.isArray(operand)) throw badValue('malformed mod, needs to be an array')
  if (operand.length !== 2) throw badValue('malformed mod, needs two elements')
  const [divisor, remainder] = operand.map((part) => Math.trunc(toNumber(part))) as [number, number]
  if (!divisor) throw badValue('divisor cannot be 0')
  return (value) => isNumeric(value) && Math.trunc(toNumber(value)) % divisor === remainder
}

function regexTest(regex: RegExp): ValueTest {
  return (value) => {
    if (typeof value === 'string') return regex.test(value)
    // a stored regular expression is matched by an equal one
    return isRegex(value) && compileRegex(value).toString() === regex.toString()
  }
}

function allTest(path: string, operand: unknown, depth: number): Predicate {
  if (!Array.isArray(operand)) throw badValue('$all needs an array')
  if (!operand.length) return () => false
  return allOf(
    operand.map((wanted: unknown) => {
      if (isOperatorDocument(wanted) && !('$elemMatch' in wanted)) {
        throw badValue('no $ expressions in $all')
      }
      return fieldTest(path, wanted, depth + 1)
    }),
  )
}

/** The operand of `$elemMatch`: operators on the element itself, or a filter on a document element. */
export function elementTest(operand: unknown, depth = 0): ValueTest {
  if (!isDocument(operand)) throw badValue('$elemMatch needs an Object')
  if (isOperatorDocument(operand) && !/^\$(and|or|nor|expr)$/.test(Object.keys(operand)[0]!)) {
    const test = fieldTest('v', operand, depth + 1)
    return (element) => test({ v: element })
  }
  const test = compileFilter(operand, undefined, depth + 1)
  return (element) => isDocument(element) && test(element)
}
