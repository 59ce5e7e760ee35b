import { badValue, notSupported, typeMismatch } from './errors.ts'
import { compileExpression } from './expressions.ts'
import { fieldTest } from './matchOperators.ts'
import type { Doc, Predicate } from './value.ts'
import { isDocument, isTruthy } from './value.ts'

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
