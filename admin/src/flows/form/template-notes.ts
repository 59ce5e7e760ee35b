/** What is wrong with a template, seen as it is typed. */
import { filters } from '../../../../bots/flow/filters.ts'
import { hasStrayBraces, placeholders } from '../../../../bots/flow/template.ts'
import type { Doc } from '../doc.ts'
import { isKnown } from './variables.ts'

export const filterNames = Object.keys(filters)

export type TemplateNote =
  { code: 'braces' } | { code: 'unknown'; name: string } | { code: 'filter'; name: string }

/** Codes of the validator that say the same a moment later. */
export const sameAsServer: readonly string[] = ['TEMPLATE', 'FILTER', 'UNDECLARED']

export function templateNotes(text: string, doc: Doc, type?: string): TemplateNote[] {
  if (!/\{\{|\}\}/.test(text)) return []
  const unknown = new Set<string>()
  const badFilters = new Set<string>()
  for (const { path, filters: used } of placeholders(text)) {
    if (!isKnown(doc, path, type)) unknown.add(path.split('.')[0]!)
    for (const { name } of used) if (!filterNames.includes(name)) badFilters.add(name)
  }
  return [
    ...(hasStrayBraces(text) ? [{ code: 'braces' } as const] : []),
    ...[...unknown].map((name) => ({ code: 'unknown', name }) as const),
    ...[...badFilters].map((name) => ({ code: 'filter', name }) as const),
  ]
}
