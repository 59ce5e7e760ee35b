import { expect } from 'chai'
import { ApiError } from '../../../admin/src/api/error.ts'
import { refusedFields } from '../../../admin/src/records/refusedFields.ts'

const refused = (details?: unknown) =>
  new ApiError(400, { code: 'BAD_REQUEST', zh: '不正确', en: 'wrong', details })
const t = (key: string, options?: Record<string, unknown>) =>
  `${key}: ${String(options?.['message'])}`

describe('admin: fields a server refused', () => {
  it('are found by their path, into lists as well', () => {
    const issues = [
      { path: 'settings.host', message: 'no such host' },
      { path: 'settings.list.2', message: 'bad' },
    ]
    expect(refusedFields(refused({ issues }), t)).to.deep.equal([
      { path: ['settings', 'host'], text: 'issue.refused: no such host' },
      { path: ['settings', 'list', 2], text: 'issue.refused: bad' },
    ])
  })
  it('are none where the server named none', () => {
    expect(refusedFields(refused(), t)).to.deep.equal([])
    expect(refusedFields(refused({ issues: 'all' }), t)).to.deep.equal([])
    expect(refusedFields(refused({ issues: [{ path: '', message: 'x' }] }), t)).to.deep.equal([])
    expect(refusedFields(new Error('broken'), t)).to.deep.equal([])
  })
})
