import type { TemplateView } from '../../../../gateway/accounts/schema.ts'

type Params = Pick<TemplateView, 'params'>

/** Parameters nobody has filled in so far. Pure. */
export function missingParams({ params }: Params, typed: Record<string, string>): string[] {
  return params.map(({ key }) => key).filter((key) => !typed[key]?.trim())
}

/** What was typed for this template, without what was typed for another one before. Pure. */
export function filledParams(
  { params }: Params,
  typed: Record<string, string>,
): Record<string, string> {
  return Object.fromEntries(params.map(({ key }) => [key, (typed[key] ?? '').trim()]))
}
