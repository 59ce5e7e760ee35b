import { expect } from 'chai'
import { createBus } from '../../gateway/bus/bus.ts'
import { Contacts } from '../../gateway/contacts/contacts.ts'
import { Identities } from '../../gateway/contacts/identities.ts'
import { isTheirs } from '../../gateway/contacts/is-theirs.ts'
import type { Assurance } from '../../gateway/domain/contact.ts'
import { openTemporaryStore } from '../intake/temporary-store.ts'

const PHONE = '+8613892001122'

describe('whether a ticket is theirs who asks for it', function () {
  this.timeout(30_000)
  let store: { close(): Promise<void> }
  const now = () => Date.UTC(2026, 10, 22)
  const bus = createBus((_topic, error) => {
    throw error
  })
  const contacts = new Contacts({ bus, now })
  const identities = new Identities(now, contacts)
  bus.subscribe('contact', ({ contactId }) => identities.forget(contactId))
  before(async () => {
    store = await openTemporaryStore()
  })
  after(() => store.close())

  let visitors = 0
  const visitor = async (
    kind: 'webVisitor' | 'phone' = 'webVisitor',
    assurance: Assurance = 'observed',
  ) => {
    const value = kind === 'phone' ? PHONE : `visitor-${++visitors}`
    const scope = kind === 'phone' ? '' : 'web'
    return (await identities.resolve({ kind, scope, value, assurance })).contactId
  }
  const prove = (contactId: string, _id: string) =>
    identities.prove(contactId, { kind: 'phone', scope: '', value: PHONE }, { _id, how: 'code', by: 'flow' }) // prettier-ignore

  it('it is of the same contact, and not of a stranger who knows its serial or says its number', async () => {
    const [filer, stranger] = [await visitor(), await visitor()]
    const filed = { contactId: filer, phone: '138 9200 1122' }
    expect(await isTheirs(contacts, filer, filed)).to.equal(true)
    expect(await isTheirs(contacts, stranger, filed)).to.equal(false)
    expect(await isTheirs(contacts, stranger, { contactId: filer, phone: '' })).to.equal(false)
    expect(await isTheirs(contacts, 'nobody', filed)).to.equal(false)
  })

  it('a call that shows the number proves nothing; a code sent to it does', async () => {
    const filer = await visitor()
    const filed = { contactId: filer, phone: '138 9200 1122' }
    const caller = await visitor('phone')
    expect(await isTheirs(contacts, caller, filed)).to.equal(false)
    const asker = await visitor()
    await prove(asker, 'proof-1')
    expect(await isTheirs(contacts, asker, filed)).to.equal(true)
    expect(await isTheirs(contacts, asker, { contactId: filer, phone: '13892001123' })).to.equal(
      false,
    )
  })
})
