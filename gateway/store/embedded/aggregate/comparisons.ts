import { ObjectId } from 'bson'
import { evalExpr } from 'mingo/core'
import type { Options } from 'mingo/types'
import { badValue } from '../errors.ts'
import { compareValues, sameValue } from '../compare.ts'
import { typeNameOf } from '../value.ts'

type Operator = (doc: unknown, expression: unknown, options: Options) => unknown

/** In expressions a missing field is below everything, also below null. */
export function compareInExpression(a: unknown, b: unknown): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined)
  return compareValues(a, b)
}

function comparison(name: string, result: (order: number) => unknown): Operator {
  return (doc, expression, options) => {
    const operands = evalExpr(doc, expression, options)
    if (!Array.isArray(operands) || operands.length !== 2) {
      throw badValue(`Expression ${name} takes exactly 2 arguments`)
    }
    return result(compareInExpression(operands[0], operands[1]))
  }
}

/** Expression operators that rest on the order or the types of BSON. */
export const comparisons: Record<string, Operator> = {
  $cmp: comparison('$cmp', (order) => Math.sign(order)),
  $eq: comparison('$eq', (order) => order === 0),
  $ne: comparison('$ne', (order) => order !== 0),
  $gt: comparison('$gt', (order) => order > 0),
  $gte: comparison('$gte', (order) => order >= 0),
  $lt: comparison('$lt', (order) => order < 0),
  $lte: comparison('$lte', (order) => order <= 0),
  $in: (doc, expression, options) => {
    const operands = evalExpr(doc, expression, options) as unknown[]
    const [value, list] = operands
    if (!Array.isArray(list)) throw badValue('$in requires an array as a second argument')
    return list.some((element) => sameValue(element ?? null, value ?? null))
  },
  $type: (doc, expression, options) => typeNameOf(evalExpr(doc, expression, options)),
  $toObjectId: (doc, expression, options) => {
    const value = evalExpr(doc, expression, options)
    if (value === null || value === undefined) return null
    if (value instanceof ObjectId) return value
    if (typeof value === 'string' && ObjectId.isValid(value))
      return ObjectId.createFromHexString(value)
    throw badValue(`Failed to parse objectId '${String(value)}' in $convert with no onError value`)
  },
}
