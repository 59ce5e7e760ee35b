import { asText } from './as-text.ts'
import { filters } from './filters.ts'
import type { Template, Value } from './schema.ts'

/** Finds the value of a dotted path among the variables of the moment. */
export type Lookup = (path: string) => unknown

export interface Placeholder {
  path: string
  filters: { name: string; argument?: string }[]
}
type Part = string | Placeholder

const compiled = new Map<Template, Part[]>()
/** Far more than all prompts of a large installation; a bound, not a target. */
const MAX_COMPILED = 50_000

/** `{{path|filter:argument|filter}}` → text. What is unknown reads as nothing. */
export function render(template: Template, lookup: Lookup): string {
  const parts = compile(template)
  if (parts.length === 1 && typeof parts[0] === 'string') return parts[0]
  let text = ''
  for (const part of parts) text += typeof part === 'string' ? part : fill(part, lookup)
  return text
}

function fill(placeholder: Placeholder, lookup: Lookup): string {
  let value = lookup(placeholder.path)
  for (const { name, argument } of placeholder.filters) {
    const filter = filters[name]
    if (filter) value = filter(value, argument)
  }
  return asText(value)
}

const placeholderPattern = /\{\{\s*([\w.]+)\s*((?:\|[^|{}]*)*)\}\}/g

function compile(template: Template): Part[] {
  const known = compiled.get(template)
  if (known) return known
  const parts: Part[] = []
  let end = 0
  for (const match of template.matchAll(placeholderPattern)) {
    if (match.index > end) parts.push(template.slice(end, match.index))
    parts.push({ path: match[1] ?? '', filters: parseFilters(match[2] ?? '') })
    end = match.index + match[0].length
  }
  if (end < template.length || parts.length === 0) parts.push(template.slice(end))
  if (compiled.size >= MAX_COMPILED) compiled.clear()
  compiled.set(template, parts)
  return parts
}

function parseFilters(source: string): Placeholder['filters'] {
  return source
    .split('|')
    .slice(1)
    .map((piece) => {
      const colon = piece.indexOf(':')
      return colon < 0
        ? { name: piece.trim() }
        : { name: piece.slice(0, colon).trim(), argument: piece.slice(colon + 1).trim() }
    })
}

/** The placeholders of a template, for the validator. */
export function placeholders(template: Template): Placeholder[] {
  return compile(template).filter((part) => typeof part !== 'string')
}

/** True if braces remain that no placeholder explains. */
export function hasStrayBraces(template: Template): boolean {
  return compile(template).some((part) => typeof part === 'string' && /\{\{|\}\}/.test(part))
}

/** A value from a document. What is missing becomes null, so that the state stays JSON. */
export function evaluate(value: Value, lookup: Lookup): unknown {
  if ('literal' in value) return value.literal ?? null
  if ('var' in value) return lookup(value.var) ?? null
  return render(value.template, lookup)
}

export function evaluateAll(values: Record<string, Value> | undefined, lookup: Lookup) {
  const result: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(values ?? {})) result[name] = evaluate(value, lookup)
  return result
}
