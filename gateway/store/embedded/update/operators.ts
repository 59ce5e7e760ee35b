import { Timestamp } from 'bson'
import { badValue, typeMismatch } from '../errors.ts'
import { compareValues } from '../compare.ts'
import type { Doc } from '../value.ts'
import { isDocument, isNumeric, show, toNumber, typeNameOf } from '../value.ts'
import type { ArrayOperator } from './arrays.ts'
import { addToSet, pop, pull, pullAll, push } from './arrays.ts'
import { calculate } from './numbers.ts'

export interface FieldUpdate {
  current: unknown
  operand: unknown
  path: string
  id: unknown
}

/** What to leave as it is, and what to take away, besides a new value. */
export const KEEP = Symbol('keep')
export const REMOVE = Symbol('remove')

/** The new value of a field, per operator (manual: "Update Operators"). */
export type FieldOperator = (update: FieldUpdate) => unknown

export const FIELD_OPERATORS: Record<string, FieldOperator> = {
  $set: ({ operand }) => operand,
  $setOnInsert: ({ operand }) => operand,
  $unset: () => REMOVE,
  $inc: ({ current, operand, path, id }) => calculate('$inc', current, operand, path, id),
  $mul: ({ current, operand, path, id }) => calculate('$mul', current, operand, path, id),
  $min: ({ current, operand }) =>
    current === undefined || compareValues(operand, current) < 0 ? operand : KEEP,
  $max: ({ current, operand }) =>
    current === undefined || compareValues(operand, current) > 0 ? operand : KEEP,
  $currentDate: ({ operand }) => currentDate(operand),
  $bit: ({ current, operand }) => bit(current, operand),
  $push: onArray('$push', push, true),
  $addToSet: onArray('$addToSet', addToSet, true),
  $pop: onArray('$pop', pop, false),
  $pull: onArray('$pull', pull, false),
  $pullAll: onArray('$pullAll', pullAll, false),
}

export const UPDATE_OPERATORS = new Set([...Object.keys(FIELD_OPERATORS), '$rename'])

function onArray(name: string, operator: ArrayOperator, creates: boolean): FieldOperator {
  return ({ current, operand, path, id }) => {
    if (current === undefined) return creates ? operator([], operand) : KEEP
    if (Array.isArray(current)) return operator(current, operand)
    const type = typeNameOf(current)
    if (name === '$push') {
      throw badValue(
        `The field '${path}' must be an array but is of type ${type} in document {_id: ${show(id)}}`,
      )
    }
    if (name === '$addToSet') {
      throw badValue(
        `Cannot apply $addToSet to non-array field. Field named '${path}' has non-array type ${type}`,
      )
    }
    if (name === '$pop') {
      throw typeMismatch(`Path '${path}' contains an element of non-array type '${type}'`)
    }
    throw badValue('Cannot apply $pull to a non-array value')
  }
}

function currentDate(operand: unknown): unknown {
  const type = isDocument(operand) ? operand.$type : operand === true ? 'date' : undefined
  if (type === 'date') return new Date()
  if (type === 'timestamp') return new Timestamp({ t: Math.floor(Date.now() / 1000), i: 1 })
  throw badValue("The '$type' string field of $currentDate is required to be 'date' or 'timestamp'")
}

function bit(current: unknown, operand: unknown): number {
  if (!isDocument(operand))
    throw badValue('The $bit modifier is not compatible with a non-document')
  let value = current === undefined ? 0 : toNumber(current)
  if (current !== undefined && !isNumeric(current))
    throw badValue('Cannot apply $bit to a non-integer')
  for (const [name, bits] of Object.entries(operand as Doc)) {
    const mask = toNumber(bits)
    if (!Number.isInteger(mask)) throw badValue('The $bit modifier field must be an Integer')
    if (name === 'and') value &= mask
    else if (name === 'or') value |= mask
    else if (name === 'xor') value ^= mask
    else throw badValue(`The $bit modifier only supports 'and', 'or', and 'xor', not '${name}'`)
  }
  return value
}
