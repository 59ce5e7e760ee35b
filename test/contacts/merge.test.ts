import { expect } from 'chai'
import { createBus } from '../../gateway/bus/bus.ts'
import { Contacts } from '../../gateway/contacts/contacts.ts'
import { Identities } from '../../gateway/contacts/identities.ts'
import { ContactModel, IdentityModel, MergeModel } from '../../gateway/contacts/model.ts'
import type { IdentityClaim } from '../../gateway/domain/contact.ts'
import { provesSamePerson } from '../../gateway/domain/contact.ts'
import { ConversationModel } from '../../gateway/intake/model.ts'
import { TicketModel } from '../../gateway/tickets/model.ts'
import { Tickets } from '../../gateway/tickets/tickets.ts'
import { conversationIn } from '../domain/conversations.ts'
import { openTemporaryStore } from '../intake/temporary-store.ts'

describe('contacts', function () {
  this.timeout(30_000)
  let store: { close(): Promise<void> }
  const now = () => Date.UTC(2026, 10, 21)
  const bus = createBus((_topic, error) => {
    throw error
  })
  const contacts = new Contacts({ bus, now })
  const identities = new Identities(now, contacts)
  const tickets = new Tickets({ bus, now, timezone: 'Asia/Shanghai' })
  bus.subscribe('contact', () => identities.forget())

  before(async () => {
    store = await openTemporaryStore()
  })
  after(() => store.close())

  const claim = (value: string): IdentityClaim => ({
    kind: 'webVisitor',
    scope: 'web',
    value,
    assurance: 'observed',
  })

  /** A contact with one identity, one conversation and one ticket, all named after it. */
  async function known(name: string): Promise<string> {
    const { contactId } = await identities.resolve(claim(name))
    await ConversationModel.collection.insertOne({
      ...conversationIn('bot'),
      _id: `conversation-${name}` as never,
      contactId,
      openKeys: [`web|${name}`],
    } as never)
    await tickets.create({
      kind: 'complaint',
      key: name,
      contactId,
      channel: 'webchat',
      title: name,
      fields: {},
      by: { kind: 'bot', id: 'flow', name: 'bot' },
    })
    return contactId
  }

  /** Who has what: the contact of the identity, the conversation and the ticket of each name. */
  async function owners(name: string): Promise<(string | undefined)[]> {
    const [identity, conversation, ticket] = await Promise.all([
      IdentityModel.findOne({ value: name }).lean<{ contactId: string }>(),
      ConversationModel.findById(`conversation-${name}`).lean<{ contactId: string }>(),
      TicketModel.findOne({ key: name }).lean<{ contactId: string }>(),
    ])
    return [identity, conversation, ticket].map((each) => each?.contactId)
  }

  const all = (contactId: string) => [contactId, contactId, contactId]
  const codeOf = (promise: Promise<unknown>) =>
    promise.then(
      () => 'done',
      (error: { code: string }) => error.code,
    )

  it('merged: identities, conversations and tickets move; the old address leads to the new', async () => {
    const [a, b] = [await known('a1'), await known('b1')]
    const { version } = (await ConversationModel.findById('conversation-b1').lean())!
    const event = await contacts.merge(a, b, 'lin')
    expect(await owners('b1')).to.deep.equal(all(a))
    expect((await contacts.get(b))!._id).to.equal(a)
    expect((await identities.resolve(claim('b1'))).contactId).to.equal(a)
    // a turn under way notices
    expect((await ConversationModel.findById('conversation-b1').lean())!.version).to.equal(
      version + 1,
    )
    expect(event).to.include({ winnerId: a, loserId: b, rule: 'agent', by: 'lin' })

    await contacts.undo(event._id)
    expect(await owners('a1')).to.deep.equal(all(a))
    expect(await owners('b1')).to.deep.equal(all(b))
    expect((await contacts.get(b))!._id).to.equal(b)
    expect((await identities.resolve(claim('b1'))).contactId).to.equal(b)
    expect(await codeOf(contacts.undo(event._id))).to.equal('NOT_FOUND')
  })

  it('of merges undone in any order, each gives back what is its own', async () => {
    for (const order of ['firstFirst', 'lastFirst']) {
      const [a, b, c] = [
        await known(`a${order}`),
        await known(`b${order}`),
        await known(`c${order}`),
      ]
      const first = await contacts.merge(a, b, 'lin')
      const second = await contacts.merge(c, a, 'lin')
      expect(await owners(`b${order}`), 'moved on with its winner').to.deep.equal(all(c))
      expect((await contacts.get(b))!._id).to.equal(c)
      const undo = order === 'firstFirst' ? [first, second] : [second, first]
      await contacts.undo(undo[0]!._id)
      if (order === 'firstFirst') {
        expect(await owners(`b${order}`)).to.deep.equal(all(b))
        expect(await owners(`a${order}`)).to.deep.equal(all(c))
      } else {
        expect(await owners(`b${order}`)).to.deep.equal(all(a))
        expect(await owners(`a${order}`)).to.deep.equal(all(a))
      }
      await contacts.undo(undo[1]!._id)
      for (const [name, id] of [
        ['a', a],
        ['b', b],
        ['c', c],
      ] as const) {
        expect(await owners(`${name}${order}`), `${order} ${name}`).to.deep.equal(all(id))
        expect((await contacts.get(id))!._id).to.equal(id)
      }
    }
  })

  it('what came to the winner after the merge stays with the winner', async () => {
    const [a, b] = [await known('a3'), await known('b3')]
    const event = await contacts.merge(a, b, 'lin')
    await IdentityModel.create({
      ...claim('later'),
      _id: 'later',
      contactId: a,
      firstSeenAt: new Date(),
      lastSeenAt: new Date(),
    })
    await contacts.undo(event._id)
    expect((await IdentityModel.findById('later').lean())!.contactId).to.equal(a)
  })

  it('nobody is merged with nobody, oneself, or twice', async () => {
    const [a, b] = [await known('a4'), await known('b4')]
    expect(await codeOf(contacts.merge(a, a, 'lin'))).to.equal('CONFLICT')
    expect(await codeOf(contacts.merge(a, 'no-such', 'lin'))).to.equal('NOT_FOUND')
    await contacts.merge(a, b, 'lin')
    expect(await codeOf(contacts.merge(a, b, 'lin'))).to.equal('CONFLICT')
    expect(await codeOf(contacts.merge(b, a, 'lin'))).to.equal('CONFLICT')
    expect(await MergeModel.countDocuments({ winnerId: a })).to.equal(1)
  })

  it('the first words of one visitor at the same moment make one contact', async () => {
    const nodes = [1, 2, 3].map(() => new Identities(now, contacts))
    const found = await Promise.all(nodes.map((node) => node.resolve(claim('at-once'))))
    expect(new Set(found.map(({ contactId }) => contactId)).size).to.equal(1)
    expect(await ContactModel.countDocuments({ _id: found[0]!.contactId })).to.equal(1)
  })

  it('a contact that a crash kept from being made is made by the next word', async () => {
    const { contactId } = await identities.resolve(claim('crashed'), 'en')
    await ContactModel.deleteOne({ _id: contactId })
    const next = new Identities(now, contacts)
    expect((await next.resolve(claim('crashed'), 'en')).contactId).to.equal(contactId)
    expect(await ContactModel.findById(contactId).lean()).to.include({ lang: 'en', version: 1 })
  })

  it('a change based on an older version is refused', async () => {
    const a = await known('a5')
    const changed = await contacts.update(a, 1, { name: '王女士', vip: true })
    expect(changed).to.include({ name: '王女士', vip: true, version: 2 })
    expect((await contacts.get(a))!.name).to.equal('王女士')
    expect(await codeOf(contacts.update(a, 1, { name: 'x' }))).to.equal('CONFLICT')
    expect(await codeOf(contacts.update('no-such', 1, {}))).to.equal('NOT_FOUND')
  })

  it('caller ID alone never proves who it is', () => {
    const phone = { kind: 'phone', scope: '', value: '13800138000' } as const
    const proven = { ...phone, assurance: 'proven' } as const
    expect(provesSamePerson(proven, proven)).to.equal(true)
    expect(provesSamePerson(proven, { ...phone, assurance: 'observed' })).to.equal(false)
    expect(provesSamePerson({ ...phone, assurance: 'selfAsserted' }, proven)).to.equal(false)
    expect(provesSamePerson(proven, { ...proven, scope: 'other' })).to.equal(false)
    expect(provesSamePerson(proven, { ...proven, kind: 'webUser' })).to.equal(false)
  })
})
