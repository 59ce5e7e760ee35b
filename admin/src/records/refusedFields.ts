import { ApiError } from '../api/error.ts'
import type { FieldIssue, Translate } from './issues.ts'

/**
 * The fields a server refused, which knows more than the form does. Its words are English, as the library's
 * are, unless somebody wrote them for people. @returns nothing when it named no field. Pure.
 */
export function refusedFields(error: unknown, t: Translate): FieldIssue[] {
  if (!(error instanceof ApiError) || error.code !== 'BAD_REQUEST') return []
  const { issues } = (error.details ?? {}) as { issues?: unknown }
  if (!Array.isArray(issues)) return []
  return (issues as { path?: unknown; message?: unknown }[]).flatMap(({ path, message }) =>
    typeof path === 'string' && path !== ''
      ? [{ path: stepsOf(path), text: t('issue.refused', { message: String(message ?? '') }) }]
      : [],
  )
}

const stepsOf = (path: string) =>
  path.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step))
