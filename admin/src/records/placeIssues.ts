import type { FormInstance } from 'antd'
import type { FieldIssue } from './issues.ts'

/**
 * Puts each issue beside its field, or the nearest field around it, and moves to the first.
 * @returns sentences of issues no field in sight holds
 */
export function placeIssues(form: FormInstance, issues: readonly FieldIssue[]): string[] {
  form.setFields(
    form.getFieldsError().map(({ name }) => ({ name, errors: [] })) as Parameters<
      typeof form.setFields
    >[0],
  )
  const names = form.getFieldsError().map((field) => field.name)
  const placed = new Map<string, { name: (string | number)[]; errors: string[] }>()
  const loose: string[] = []
  for (const issue of issues) {
    const name = names
      .filter((candidate) => candidate.every((step, at) => step === issue.path[at]))
      .sort((a, b) => b.length - a.length)[0]
    if (!name?.length) {
      loose.push(`${issue.path.join('.')}: ${issue.text}`)
      continue
    }
    // what follows from the first problem of a field only hides it
    const key = name.join('/')
    if (!placed.has(key)) placed.set(key, { name: [...name], errors: [issue.text] })
  }
  const fields = [...placed.values()]
  form.setFields(fields as Parameters<typeof form.setFields>[0])
  const first = fields[0]
  if (first) form.scrollToField(first.name, { focus: true, block: 'center' })
  return loose
}
