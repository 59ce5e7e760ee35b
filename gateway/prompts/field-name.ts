import type { Words } from '../../bots/flow/description.ts'
import { registry } from '../../bots/flow/registry.ts'

const RETRIES: Record<string, Words> = {
  noInput: { zh: '没有回应时', en: 'when nothing is said' },
  noMatch: { zh: '没听懂时', en: 'when not understood' },
  invalid: { zh: '内容不对时', en: 'when it cannot be' },
}

/** What the form of a block calls one of its fields, as far as a half-written document tells. */
export function fieldNameOf(
  doc: unknown,
  block: string | undefined,
  field: string,
): { fieldName?: Words } {
  const { blocks } = (doc ?? {}) as { blocks?: Record<string, { type?: unknown } | null> | null }
  const type = block === undefined ? undefined : blocks?.[block]?.type
  if (typeof type !== 'string' || !Object.hasOwn(registry, type)) return {}
  const { fields } = registry[type as keyof typeof registry].description
  const [first, second = ''] = field.split('.')
  if (first === 'retry' && RETRIES[second]) return { fieldName: RETRIES[second] }
  const named =
    fields.find(({ path }) => path === field) ?? fields.find(({ path }) => path === first)
  return named ? { fieldName: named.label } : {}
}
