import { filters } from '../filters.ts'
import { localVars } from '../local-vars.ts'
import { patternProblem } from '../pattern.ts'
import type { BlockId } from '../schema.ts'
import { hasStrayBraces, placeholders } from '../template.ts'
import { builtInVars } from '../variables.ts'
import type { Check, Place } from './check.ts'

/** Fields that hold no template although they are text. */
const NOT_TEXT = new Set(['type', 'id', 'ui', 'out', 'audio', 'op', 'note'])

/** RESERVED, VAR_DUP, UNDECLARED, TEMPLATE, FILTER, PATTERN. */
export function checkVariables(check: Check): void {
  const declared = declarations(check)
  const usage = (place: Place, field: string, path: string, local: string[] = []) => {
    const name = path.split('.')[0] ?? ''
    if (!declared.has(name) && !local.includes(name))
      check.add('UNDECLARED', at(check, place, field), { field, name })
  }
  for (const name of check.doc.returns ?? []) usage({}, 'returns', name)
  for (const { rest } of check.doc.hotkeys ?? []) if (rest) usage({}, 'hotkeys.rest', rest)
  for (const [block, content] of check.blocks) {
    const local = localVars[content.type]
    visit(content, '', (key, field, text) => {
      const place = { block }
      if (key === 'var' || key === 'set' || key === 'setComment') usage(place, field, text)
      else if (key === 'pattern') checkPattern(check, block, field, text)
      else checkTemplate(check, block, field, text, (path) => usage(place, field, path, local))
    })
    if (content.type === 'queue' || content.type === 'callback')
      for (const path of content.attach ?? []) usage({ block }, 'attach', path)
    if (content.type === 'subflow')
      for (const name of Object.keys(content.results ?? {})) usage({ block }, 'results', name)
  }
}

function declarations(check: Check): Set<string> {
  const { vars, params } = check.doc
  const names = new Set<string>()
  for (const { name } of [...(vars ?? []), ...(params ?? [])]) {
    if (names.has(name)) check.add('VAR_DUP', { field: 'vars' }, { name })
    if (builtInVars.includes(name)) check.add('RESERVED', { field: 'vars' }, { name })
    names.add(name)
  }
  return new Set([...names, ...builtInVars])
}

/** With the language, where the path goes through one. */
function at(check: Check, place: Place, field: string): Place {
  const lang = field.split('.').find((part) => check.doc.langs.includes(part))
  return { ...place, field, ...(lang !== undefined && { lang }) }
}

function checkTemplate(
  check: Check,
  block: BlockId,
  field: string,
  text: string,
  use: (path: string) => void,
): void {
  if (!text.includes('{{') && !text.includes('}}')) return
  const place = at(check, { block }, field)
  if (hasStrayBraces(text)) check.add('TEMPLATE', place, { field })
  for (const placeholder of placeholders(text)) {
    use(placeholder.path)
    for (const { name } of placeholder.filters)
      if (!Object.hasOwn(filters, name))
        check.add('FILTER', place, { field, name, list: Object.keys(filters).join(', ') })
  }
}

function checkPattern(check: Check, block: BlockId, field: string, name: string): void {
  const why = patternProblem(name)
  if (why) check.add('PATTERN', { block, field }, { name, why })
}

/** Every text in a block, with its key and the path to it. */
function visit(
  value: object,
  path: string,
  found: (key: string, field: string, text: string) => void,
): void {
  for (const [key, child] of Object.entries(value)) {
    if (NOT_TEXT.has(key) || key === 'literal') continue
    const field = path ? `${path}.${key}` : key
    if (typeof child === 'string') found(key, field, child)
    else if (typeof child === 'object' && child !== null) visit(child, field, found)
  }
  // the right side of `matches` is a pattern although it is written as a value
  const { op, value: right } = value as { op?: unknown; value?: { literal?: unknown } }
  if (op === 'matches' && typeof right?.literal === 'string') found('pattern', path, right.literal)
}
