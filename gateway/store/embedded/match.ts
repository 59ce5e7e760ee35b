import { compareValues } from './compare.ts'
import { badValue, notSupported, typeMismatch } from './errors.ts'
import { compileExpression } from './expressions.ts'
import { valuesAt } from './paths.ts'
import { compileRegex } from './regex.ts'
import type { Doc, Predicate } from './value.ts'
import { isDocument, isRegex, isTruthy, RANK, typeClassOf } from './value.ts'
import type { ValueTest } from './valueTests.ts'
import {
  equalTest,
  isNaNValue,
  isOperatorDocument,
  memberTest,
  modTest,
  regexTest,
  sameTest,
  sizeTest,
  typeTest,
} from './valueTests.ts'

/** Filters nest no deeper than BSON itself may (manual: "MongoDB Limits and Thresholds"). */
const MAX_FILTER_DEPTH = 100

/**
 * Compile a query filter into a function. Errors are those of the manual page "Query and Projection
 * Operators". `variables` are the values of a command's `let`, for `$expr`.
 */
export function compileFilter(filter: unknown, variables?: Doc, depth = 0): Predicate {
  if (filter === undefined || filter === null) return everything
  if (!isDocument(filter)) throw typeMismatch('the filter of a query must be a document')
  if (depth > MAX_FILTER_DEPTH) throw badValue('the filter is nested too deeply')
  const tests: Predicate[] = []
  for (const name of Object.keys(filter)) {
    const test = name.startsWith('$')
      ? topLevel(name, filter[name], variables, depth)
      : fieldTest(name, filter[name], depth)
    if (test) tests.push(test)
  }
  return allOf(tests)
}

export const everything: Predicate = () => true

export function allOf(tests: Predicate[]): Predicate {
  const [first, second, ...more] = tests
  if (!first) return everything
  if (!second) return first
  if (!more.length) return (doc) => first(doc) && second(doc)
  return (doc) => tests.every((test) => test(doc))
}

function topLevel(
  name: string,
  operand: unknown,
  variables: Doc | undefined,
  depth: number,
): Predicate | null {
  switch (name) {
    case '$and':
      return allOf(branches(name, operand, variables, depth))
    case '$or': {
      const tests = branches(name, operand, variables, depth)
      return (doc) => tests.some((test) => test(doc))
    }
    case '$nor': {
      const tests = branches(name, operand, variables, depth)
      return (doc) => !tests.some((test) => test(doc))
    }
    case '$expr': {
      const evaluate = compileExpression(operand, variables)
      return (doc) => isTruthy(evaluate(doc))
    }
    case '$comment':
      return null
    case '$alwaysTrue':
      return everything
    case '$alwaysFalse':
      return () => false
    case '$text':
    case '$where':
    case '$jsonSchema':
    case '$sampleRate':
      throw notSupported(`${name} is not supported by the embedded engine`)
  }
  throw badValue(
    `unknown top level operator: ${name}. If you have a field name that starts with a '$' symbol, ` +
      'consider using $getField or $setField.',
  )
}

function branches(name: string, operand: unknown, variables: Doc | undefined, depth: number) {
  if (!Array.isArray(operand)) throw badValue(`${name} must be an array`)
  if (!operand.length) throw badValue(`${name} must be a nonempty array`)
  return operand.map((branch: unknown) => {
    if (!isDocument(branch)) throw badValue(`${name} entries need to be full objects`)
    return compileFilter(branch, variables, depth + 1)
  })
}

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
      return onAny(path, typeTest(operand))
    case '$size':
      return onWhole(path, sizeTest(operand))
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
