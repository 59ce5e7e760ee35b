import { customKind } from '../custom-blocks.ts'
import type { FieldDescription } from '../description.ts'
import { readPath } from '../path.ts'
import { promptSchema, valueSchema } from '../parts.ts'
import type { Check } from './check.ts'

/** SETTING_MISSING, SETTING_WRONG: settings of custom blocks against the fields their authors describe. */
export function checkCustom(check: Check): void {
  for (const [block, content] of check.blocks) {
    if (content.type !== 'custom') continue
    for (const field of customKind(content.block)?.description.fields ?? []) {
      const value = readPath(content as unknown as Record<string, unknown>, field.path)
      const place = { block, field: field.path }
      const values = { field: field.label }
      if (isEmpty(value)) {
        if (field.required) check.add('SETTING_MISSING', place, values)
      } else if (!fits(field, value)) check.add('SETTING_WRONG', place, values)
    }
  }
}

const isEmpty = (value: unknown) =>
  value === undefined ||
  value === null ||
  value === '' ||
  (Array.isArray(value) && value.length === 0)

function fits(field: FieldDescription, value: unknown): boolean {
  switch (field.kind) {
    case 'text':
    case 'template':
      return typeof value === 'string'
    case 'number':
      return (
        typeof value === 'number' &&
        value >= (field.min ?? -Infinity) &&
        value <= (field.max ?? Infinity)
      )
    case 'switch':
      return typeof value === 'boolean'
    case 'select': {
      const options = new Set<unknown>(field.options.map((option) => option.value))
      return listOf(value, field.many).every((each) => options.has(each))
    }
    case 'reference':
    case 'variable':
      return listOf(value, field.many).every((each) => typeof each === 'string')
    case 'prompt':
      return promptSchema.safeParse(value).success
    case 'value':
      return valueSchema.safeParse(value).success
    case 'values':
      return (
        typeof value === 'object' &&
        Object.values(value as object).every((each) => valueSchema.safeParse(each).success)
      )
    default:
      return true
  }
}

const listOf = (value: unknown, many: boolean | undefined): unknown[] =>
  many && Array.isArray(value) ? value : [value]
