import type { FormInstance } from 'antd'

/** Takes the complaints off the fields just changed: they are judged again when saving. */
export function clearIssues(form: FormInstance, changed: unknown): void {
  const mended = form
    .getFieldsError()
    .filter(({ name, errors }) => errors.length > 0 && holds(changed, name))
    .map(({ name }) => ({ name, errors: [] }))
  if (mended.length > 0) form.setFields(mended as Parameters<typeof form.setFields>[0])
}

function holds(changed: unknown, path: readonly (string | number)[]): boolean {
  const [step, ...rest] = path
  if (step === undefined) return true
  if (typeof changed !== 'object' || changed === null || !(step in changed)) return false
  return holds((changed as Record<string | number, unknown>)[step], rest)
}
