import type { z } from 'zod'

export type Translate = (key: string, options?: Record<string, unknown>) => string
type Issue = z.core.$ZodIssue

/** A field of a form by its path, with the sentence to show beside it. */
export interface FieldIssue {
  path: (string | number)[]
  text: string
}

/**
 * What a schema refused, in words for the person who typed it. `t` is of the namespace `records`.
 * A schema's own sentence is kept for what the house words of a form do not cover.
 */
export function fieldIssues(issues: readonly Issue[], t: Translate): FieldIssue[] {
  return issues.map((issue) => ({
    path: issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step)),
    text: sentence(issue, t),
  }))
}

function sentence(issue: Issue, t: Translate): string {
  switch (issue.code) {
    case 'invalid_type':
      // zod keeps the refused value to itself, but its sentence ends with what it received
      return t(/\b(undefined|null|NaN)$/.test(issue.message) ? 'issue.required' : 'issue.format')
    case 'too_small':
      return issue.origin === 'string' && Number(issue.minimum) <= 1
        ? t('issue.required')
        : t(`issue.${sized(issue.origin)}Min`, { count: Number(issue.minimum) })
    case 'too_big':
      return t(`issue.${sized(issue.origin)}Max`, { count: Number(issue.maximum) })
    case 'invalid_format':
      return t(`issue.${known.has(issue.format) ? issue.format : 'format'}`)
    case 'invalid_value':
      return t('issue.choice')
    case 'invalid_union':
      return t('issue.format')
    default:
      return issue.message
  }
}

const known = new Set(['url', 'email', 'date'])

const sized = (origin: string): 'text' | 'list' | 'number' =>
  origin === 'string' ? 'text' : origin === 'array' ? 'list' : 'number'
