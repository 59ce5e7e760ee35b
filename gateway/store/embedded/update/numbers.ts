import { Decimal128, Long } from 'bson'
import { typeMismatch } from '../errors.ts'
import { isNumeric, show, toNumber, typeNameOf } from '../value.ts'

const MIN_INT64 = -(2n ** 63n)
const MAX_INT64 = 2n ** 63n - 1n

/**
 * `$inc` and `$mul`: an int64 operand makes the result int64; two whole numbers whose result leaves what
 * a double holds exactly do too. Decimal128 is calculated as double (DESIGN.md, decision 3 forbids it).
 */
export function calculate(
  operator: '$inc' | '$mul',
  current: unknown,
  operand: unknown,
  path: string,
  id: unknown,
): unknown {
  const increment = operator === '$inc'
  if (!isNumeric(operand)) {
    throw typeMismatch(
      `Cannot ${increment ? 'increment' : 'multiply'} with non-numeric argument: {${path}: ${show(operand)}}`,
    )
  }
  if (current === undefined) return increment ? operand : operand instanceof Long ? Long.ZERO : 0
  if (!isNumeric(current)) {
    throw typeMismatch(
      `Cannot apply ${operator} to a value of non-numeric type. {_id: ${show(id)}} has the field ` +
        `'${path.slice(path.lastIndexOf('.') + 1)}' of non-numeric type ${typeNameOf(current)}`,
    )
  }
  const x = toNumber(current)
  const y = toNumber(operand)
  const result = increment ? x + y : x * y
  if (current instanceof Decimal128 || operand instanceof Decimal128) {
    return Decimal128.fromString(String(result))
  }
  const whole = (value: unknown) => value instanceof Long || Number.isInteger(value)
  const exact = current instanceof Long || operand instanceof Long || !Number.isSafeInteger(result)
  if (!whole(current) || !whole(operand) || !exact) return result
  const a = BigInt(String(current))
  const b = BigInt(String(operand))
  const sum = increment ? a + b : a * b
  if (sum >= MIN_INT64 && sum <= MAX_INT64) return Long.fromBigInt(sum)
  if (current instanceof Long || operand instanceof Long) {
    throw typeMismatch(
      `Failed to apply ${operator} operations to current value: the result leaves int64`,
    )
  }
  return result
}
