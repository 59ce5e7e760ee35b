import { expect } from 'chai'
import { openTemporaryStore } from '../intake/temporary-store.ts'
import { claim, ContactsRoom } from './house.ts'

describe('suggestions to merge', function () {
  this.timeout(30_000)
  let store: { close(): Promise<void> }
  const room = new ContactsRoom()

  before(async () => {
    store = await openTemporaryStore()
  })
  after(() => store.close())

  const others = async (id: string) =>
    (await room.suggestions.of(id)).map(({ otherId, strength }) => [otherId, strength])

  it('the number an agent wrote down is that of somebody who called', async () => {
    const call = await room.seen(claim('phone', '+8613900002222', 'observed'))
    const chat = await room.seen(claim('weiboUid', 'w1'))
    await room.contacts.update(chat.contactId, 1, { phone: '13900002222' })
    expect(await others(chat.contactId)).to.deep.equal([[call.contactId, 'likely']])
    expect(await others(call.contactId)).to.deep.equal([[chat.contactId, 'likely']])
  })

  it('dismissed it stays away until something new speaks for it', async () => {
    const call = await room.seen(claim('phone', '+8613900003333', 'observed'))
    const chat = await room.seen(claim('weiboUid', 'w2'))
    await room.contacts.update(chat.contactId, 1, { phone: '+8613900003333' })
    await room.suggestions.dismiss(call.contactId, chat.contactId, 'lin')
    expect(await others(chat.contactId)).to.deep.equal([])
    expect(await others(call.contactId)).to.deep.equal([])
    await room.identities.prove(
      chat.contactId,
      { kind: 'phone', scope: '', value: '+8613900003333' },
      { _id: 'code-3', how: 'code', by: 'lin' },
    )
    expect(await others(chat.contactId)).to.deep.equal([[call.contactId, 'strong']])
  })

  it('who asks about a ticket under the name it was opened with', async () => {
    const a = await room.seen(claim('weiboUid', 'w3'), { displayName: '张伟' })
    const serial = await room.ticket(a.contactId, 'bag')
    const b = await room.seen(claim('webVisitor', 'v3', 'observed', 'web'), { displayName: '张伟' })
    await room.conversation(b.contactId, 'asks', { context: { found: { serial, status: 'open' } } })
    expect(await others(b.contactId)).to.deep.equal([[a.contactId, 'likely']])
  })

  it('who was merged is suggested no more, and nobody is suggested to themselves', async () => {
    const a = await room.seen(claim('email', 'a@example.cn', 'observed'))
    const b = await room.seen(claim('weiboUid', 'w4'))
    await room.contacts.update(b.contactId, 1, { email: 'a@example.cn' })
    expect(await others(b.contactId)).to.deep.equal([[a.contactId, 'likely']])
    await room.contacts.merge(a.contactId, b.contactId, 'lin')
    expect(await others(a.contactId)).to.deep.equal([])
  })
})
