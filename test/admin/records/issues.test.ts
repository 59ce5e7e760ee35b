import { expect } from 'chai'
import { updateAccountBody } from '../../../gateway/accounts/schema.ts'
import { updateContactBody } from '../../../gateway/contacts/schema.ts'
import { createStaffBody } from '../../../gateway/staff/schema.ts'
import { fieldIssues } from '../../../admin/src/records/issues.ts'
import type { z } from 'zod'

const t = (key: string, options?: Record<string, unknown>) =>
  options?.['count'] === undefined ? key : `${key}(${String(options['count'])})`

function textsFor(schema: z.ZodType, value: unknown): Record<string, string> {
  const result = schema.safeParse(value)
  const issues = result.success ? [] : fieldIssues(result.error.issues, t)
  return Object.fromEntries(issues.map(({ path, text }) => [path.join('.'), text]))
}

describe('what a form tells about a value the schema refuses', () => {
  it('says plainly that a field is missing or empty', () => {
    expect(textsFor(createStaffBody, { userName: 'lin', displayName: ' ' })).to.deep.equal({
      displayName: 'issue.required',
      role: 'issue.choice',
    })
  })
  it('tells how much is too much, counted in what the field holds', () => {
    expect(
      textsFor(createStaffBody, {
        userName: 'lin',
        displayName: 'x'.repeat(65),
        role: 'agent',
        chatCapacity: 51,
      }),
    ).to.deep.equal({ displayName: 'issue.textMax(64)', chatCapacity: 'issue.numberMax(50)' })
  })
  it('tells a wrong value from one that is missing', () => {
    const staff = { userName: 'lin', role: 'agent', lang: 'en' }
    expect(textsFor(createStaffBody, staff)).to.deep.equal({ displayName: 'issue.required' })
    expect(textsFor(createStaffBody, { ...staff, displayName: 3 })).to.deep.equal({
      displayName: 'issue.format',
    })
    expect(
      textsFor(createStaffBody, { ...staff, displayName: 'x', chatCapacity: null }),
    ).to.deep.equal({ chatCapacity: 'issue.required' })
  })
  it('points into lists and names the format', () => {
    expect(
      textsFor(updateAccountBody, { version: 1, allowedOrigins: ['https://a.cn', 'nonsense'] }),
    ).to.deep.equal({ 'allowedOrigins.1': 'issue.url' })
    expect(
      textsFor(createStaffBody, { userName: '张', displayName: 'x', role: 'agent' }),
    ).to.deep.equal({ userName: 'issue.format' })
  })
  it('says how an e-mail address must look, though the field may also be empty', () => {
    expect(textsFor(updateContactBody, { version: 1, email: 'me@' })).to.deep.equal({
      email: 'issue.email',
    })
    expect(textsFor(updateContactBody, { version: 1, email: '' })).to.deep.equal({})
  })
})
