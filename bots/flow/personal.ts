import type { Template } from './schema.ts'
import type { Scope } from './scope.ts'
import { placeholders } from './template.ts'

/** What belongs to a person by nature: whoever wrote, whoever calls, what they said. */
const BUILT_IN = new Set(['contact', 'call', 'lastText', 'number'])

/** Does this wording put in something declared personal (`pii`)? Such speech is not to be kept. */
export function isPersonal(template: Template, scope: Scope): boolean {
  const used = placeholders(template)
  if (used.length === 0) return false
  const { vars, params } = scope.doc ?? {}
  return used.some(({ path }) => {
    const name = path.split('.')[0] ?? ''
    if (BUILT_IN.has(name)) return true
    return [...(vars ?? []), ...(params ?? [])].some((decl) => decl.name === name && decl.pii)
  })
}
