import { evalExpr } from 'mingo/core'
import type { Options } from 'mingo/types'
import { compareValues } from '../compare.ts'
import { encodeValue } from '../keys.ts'
import type { Doc } from '../value.ts'
import { fieldOf, isNumeric, toNumber } from '../value.ts'

type Accumulator = (items: unknown[], expression: unknown, options: Options) => unknown

/** A plain `$field` is read directly: most sums of a report are of this kind. */
function valuesOf(items: unknown[], expression: unknown, options: Options): unknown[] {
  if (typeof expression === 'string' && /^\$[A-Za-z_]\w*$/.test(expression)) {
    const name = expression.slice(1)
    return items.map((item) => fieldOf(item as Doc, name))
  }
  return items.map((item) => evalExpr(item, expression, options))
}

const present = (values: unknown[]) =>
  values.filter((value) => value !== undefined && value !== null)

function extreme(sign: 1 | -1): Accumulator {
  return (items, expression, options) => {
    let best: unknown = null
    for (const value of present(valuesOf(items, expression, options))) {
      if (best === null || compareValues(value, best) * sign > 0) best = value
    }
    return best
  }
}

const numbers = (values: unknown[]) => values.filter(isNumeric).map(toNumber)

/** Accumulators of `$group` by BSON order and equality, and the two that every report uses. */
export const accumulators: Record<string, Accumulator> = {
  $max: extreme(1),
  $min: extreme(-1),
  $sum: (items, expression, options) => {
    if (isNumeric(expression)) return items.length * toNumber(expression)
    return numbers(valuesOf(items, expression, options)).reduce((sum, value) => sum + value, 0)
  },
  $avg: (items, expression, options) => {
    const found = numbers(valuesOf(items, expression, options))
    return found.length ? found.reduce((sum, value) => sum + value, 0) / found.length : null
  },
  $addToSet: (items, expression, options) => {
    const set = new Map<string, unknown>()
    for (const value of valuesOf(items, expression, options)) {
      if (value !== undefined) set.set(encodeValue(value).toString('latin1'), value)
    }
    return [...set.values()]
  },
}
