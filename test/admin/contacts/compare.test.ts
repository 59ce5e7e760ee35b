import { expect } from 'chai'
import type { ContactView } from '../../../gateway/contacts/schema.ts'
import {
  compareContacts,
  sameAddress,
  sharedIdentities,
} from '../../../admin/src/contacts/compare.ts'

const contact = (id: string, more: Partial<ContactView>): ContactView => ({
  id,
  vip: false,
  version: 1,
  createdAtMs: 0,
  identities: [],
  merges: [],
  ...more,
})
const unionid = (id: string) => ({
  id,
  kind: 'wechatUnionid',
  scope: 'corp',
  value: 'u1',
  assurance: 'proven' as const,
})

describe('two contacts side by side, before merging', () => {
  it('marks what differs; a missing value and an empty one are alike', () => {
    const rows = compareContacts(
      contact('a', { name: '李雷', phone: '' }),
      contact('b', { name: '李磊', vip: true }),
    )
    expect(rows.filter(({ differs }) => differs).map(({ field }) => field)).to.deep.equal([
      'name',
      'vip',
    ])
  })
  it('finds identities both have, whatever their records are called', () => {
    const a = contact('a', { identities: [unionid('i1')] })
    const b = contact('b', { identities: [unionid('i2'), { ...unionid('i3'), scope: 'other' }] })
    expect(sharedIdentities(a, b).map(({ id }) => id)).to.deep.equal(['i1'])
    expect(sharedIdentities(b, a).map(({ id }) => id)).to.deep.equal(['i2'])
  })
  it('knows one phone written in two ways, and does not call two missing ones equal', () => {
    const a = contact('a', { phone: '+86 138-0013-8000' })
    const b = contact('b', { phone: '13800138000', email: 'x@y.cn' })
    expect(sameAddress(a, b)).to.deep.equal(['phone'])
    expect(sameAddress(contact('a', {}), contact('b', {}))).to.deep.equal([])
  })
})
