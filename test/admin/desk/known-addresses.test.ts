import { expect } from 'chai'
import { knownAddresses } from '../../../admin/src/desk/actions/knownAddresses.ts'
import type { ContactView } from '../../../gateway/contacts/schema.ts'

type Identity = ContactView['identities'][number]
const seen = (kind: string, value: string, assurance: Identity['assurance']): Identity => ({
  ...{ id: value, kind, scope: '', value, assurance },
})

describe('admin: where a contact can be written to', () => {
  const contact = {
    phone: '138 0013 8002',
    email: 'Li@Example.com',
    identities: [
      seen('phone', '+8613800138001', 'observed'),
      seen('phone', '+8613800138000', 'proven'),
      seen('phone', '+862987210000', 'proven'),
      seen('phone', '12301', 'observed'),
      seen('email', 'li@example.com', 'observed'),
      seen('wechatOpenid', 'o1', 'proven'),
    ],
  }
  it('the proven number first, then the noted one; no landline, no short number', () => {
    expect(knownAddresses(contact, 'sms')).to.deep.equal([
      '+8613800138000',
      '+8613800138002',
      '+8613800138001',
    ])
  })
  it('each e-mail address once', () => {
    expect(knownAddresses(contact, 'email')).to.deep.equal(['li@example.com'])
  })
  it('of somebody unknown: nothing', () => {
    expect(knownAddresses({ identities: [] }, 'sms')).to.deep.equal([])
  })
})
