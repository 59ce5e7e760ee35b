import { badValue, typeMismatch } from '../errors.ts'
import { compareValues, sameValue } from '../compare.ts'
import { compileFilter, fieldTest } from '../match.ts'
import { isOperatorDocument } from '../valueTests.ts'
import { compareBy, parseSort, sortValues } from '../sort.ts'
import type { Doc } from '../value.ts'
import { isDocument, isNumeric, isRegex, toNumber, typeNameOf } from '../value.ts'

/** The new array of each array operator; `current` is never changed. */
export type ArrayOperator = (current: unknown[], operand: unknown) => unknown[]

const PUSH_MODIFIERS = ['$each', '$slice', '$sort', '$position']

export const push: ArrayOperator = (current, operand) => {
  const modified = isDocument(operand) && '$each' in operand
  if (!modified) {
    if (isDocument(operand) && PUSH_MODIFIERS.some((name) => name in operand)) {
      throw badValue("The field '$each' is required next to other modifiers of $push")
    }
    return [...current, operand]
  }
  for (const name of Object.keys(operand)) {
    if (!PUSH_MODIFIERS.includes(name)) throw badValue(`Unrecognized clause in $push: ${name}`)
  }
  let result = [...current]
  result.splice(positionIn(result, operand.$position), 0, ...eachOf('$push', operand))
  if (operand.$sort !== undefined) result = sortElements(result, operand.$sort)
  if (operand.$slice !== undefined) {
    const size = integer('$slice', operand.$slice)
    result = size < 0 ? result.slice(size) : result.slice(0, size)
  }
  return result
}

function positionIn(array: unknown[], position: unknown): number {
  if (position === undefined) return array.length
  const at = integer('$position', position)
  return at < 0 ? Math.max(0, array.length + at) : at
}

function integer(name: string, value: unknown): number {
  const number = toNumber(value)
  if (!Number.isInteger(number)) {
    throw badValue(
      `The value for ${name} must be an integer value but was given type: ${typeNameOf(value)}`,
    )
  }
  return number
}

function eachOf(operator: string, operand: Doc): unknown[] {
  if (Array.isArray(operand.$each)) return operand.$each
  const sentence = `The argument to $each in ${operator} must be an array but it was of type: ${typeNameOf(operand.$each)}`
  throw operator === '$push' ? badValue(sentence) : typeMismatch(sentence)
}

function sortElements(elements: unknown[], order: unknown): unknown[] {
  if (isNumeric(order)) {
    const direction = toNumber(order)
    if (direction !== 1 && direction !== -1)
      throw badValue('The $sort element value must be either 1 or -1')
    return elements.sort((a, b) => compareValues(a ?? null, b ?? null) * direction)
  }
  const sort = parseSort(order)
  return elements
    .map((element) => ({ element, values: sortValues(isDocument(element) ? element : {}, sort) }))
    .sort((a, b) => compareBy(sort, a.values, b.values))
    .map(({ element }) => element)
}

export const addToSet: ArrayOperator = (current, operand) => {
  const added = isDocument(operand) && '$each' in operand ? eachOf('$addToSet', operand) : [operand]
  const result = [...current]
  for (const element of added) {
    if (!result.some((known) => sameValue(known, element))) result.push(element)
  }
  return result
}

export const pop: ArrayOperator = (current, operand) => {
  const end = toNumber(operand)
  if (end !== 1 && end !== -1) throw badValue(`$pop expects 1 or -1, found: ${String(operand)}`)
  return end < 0 ? current.slice(1) : current.slice(0, -1)
}

export const pull: ArrayOperator = (current, operand) => {
  const test = pullTest(operand)
  return current.filter((element) => !test(element))
}

/** A document is a filter on documents, operators are a condition on the element (manual: "$pull"). */
function pullTest(operand: unknown): (element: unknown) => boolean {
  if (isDocument(operand) && !isOperatorDocument(operand)) {
    const test = compileFilter(operand)
    return (element) => isDocument(element) && test(element)
  }
  if (isOperatorDocument(operand) && /^\$(and|or|nor|expr)$/.test(Object.keys(operand)[0]!)) {
    const test = compileFilter(operand)
    return (element) => isDocument(element) && test(element)
  }
  if (isOperatorDocument(operand) || isRegex(operand)) {
    const test = fieldTest('v', operand, 0)
    return (element) => test({ v: element })
  }
  return (element) => sameValue(element, operand)
}

export const pullAll: ArrayOperator = (current, operand) => {
  if (!Array.isArray(operand)) {
    throw badValue(`$pullAll requires an array argument but was given a ${typeNameOf(operand)}`)
  }
  return current.filter((element) => !operand.some((gone) => sameValue(gone, element)))
}
