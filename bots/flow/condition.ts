import { asText } from './as-text.ts'
import { isEmpty } from './path.ts'
import { matchesPattern } from './pattern.ts'
import type { Comparison, Condition } from './schema.ts'
import { evaluate } from './template.ts'
import type { Lookup } from './template.ts'

/** Does the condition hold among the variables of the moment? */
export function holds(condition: Condition, lookup: Lookup): boolean {
  if ('all' in condition) return condition.all.every((each) => holds(each, lookup))
  if ('any' in condition) return condition.any.some((each) => holds(each, lookup))
  if ('not' in condition) return !holds(condition.not, lookup)
  return compare(condition, lookup)
}

function compare({ var: path, op, value }: Comparison, lookup: Lookup): boolean {
  const left = lookup(path)
  const right = value ? evaluate(value, lookup) : undefined
  switch (op) {
    case '==':
      return same(left, right)
    case '!=':
      return !same(left, right)
    case '<':
      return order(left, right) < 0
    case '<=':
      return order(left, right) <= 0
    case '>':
      return order(left, right) > 0
    case '>=':
      return order(left, right) >= 0
    case 'in':
      return Array.isArray(right) && right.some((item) => same(left, item))
    case 'contains':
      if (Array.isArray(left)) return left.some((item) => same(item, right))
      return asText(right) !== '' && asText(left).includes(asText(right))
    case 'empty':
      return isEmpty(left)
    case 'notEmpty':
      return !isEmpty(left)
    case 'matches':
      return matchesPattern(asText(right), asText(left))
  }
}

/** People write 3 and "3" for the same thing, and a variable never set equals null. */
function same(left: unknown, right: unknown): boolean {
  if (left === right || (isNothing(left) && isNothing(right))) return true
  if (typeof left === 'object' || typeof right === 'object') return false
  return !isNothing(left) && !isNothing(right) && String(left) === String(right)
}

const isNothing = (value: unknown) => value === undefined || value === null

/** Numbers as numbers, all else (dates as YYYY-MM-DD) as text; NaN, thus no order, if one is missing. */
function order(left: unknown, right: unknown): number {
  const [a, b] = [asText(left), asText(right)]
  if (a === '' || b === '') return NaN
  const difference = Number(a) - Number(b)
  if (!Number.isNaN(difference)) return difference
  return a < b ? -1 : a > b ? 1 : 0
}
