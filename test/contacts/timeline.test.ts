import { expect } from 'chai'
import { MessageModel } from '../../gateway/intake/model.ts'
import type { TimelineItem } from '../../gateway/contacts/schema.ts'
import { RecordingModel } from '../../gateway/recordings/model.ts'
import { VoicemailModel } from '../../gateway/voicemail/model.ts'
import type { Channel, Leg } from '../../gateway/domain/conversation.ts'
import { openTemporaryStore } from '../intake/temporary-store.ts'
import { claim, ContactsRoom } from './house.ts'

const PHONE = '+8613800138000'

describe("a contact's whole history", function () {
  this.timeout(30_000)
  let store: { close(): Promise<void> }
  const room = new ContactsRoom()
  const { contacts, identities } = room

  before(async () => {
    store = await openTemporaryStore()
  })
  after(() => store.close())

  const leg = (channel: Channel, more: Partial<Leg> = {}): Leg => ({
    ...{ id: 'l1', accountId: channel, channel, identityId: 'i', threadKey: 't', state: 'ended' },
    openedAt: new Date(room.nowMs),
    ...more,
  })
  const idsOf = async (contactId: string) =>
    (await room.timeline.page(contactId, { limit: 100 })).items.map(({ id }) => id)
  const words = (conversationId: string, seq: number, text: string, more: object = {}) =>
    MessageModel.collection.insertOne({
      ...{ _id: `${conversationId}-${seq}` as never, conversationId, seq, direction: 'in' },
      ...{ author: { kind: 'contact', id: 'x' }, parts: [{ type: 'text', text }] },
      at: new Date(room.nowMs),
      ...more,
    } as never)

  it('on WeChat, then by telephone, then by SMS: one timeline; merged, parted and merged again', async () => {
    // called before anything was proven
    const caller = await room.seen(claim('phone', PHONE, 'observed'))
    await room.conversation(caller.contactId, 'first-call', { legs: [leg('voice', { call: { direction: 'in', number: PHONE }, endedAt: new Date(room.nowMs + 60_000) })] }) // prettier-ignore

    const wechat = await room.seen(claim('wechatOpenid', 'o1', 'proven', 'wx'), {
      displayName: '小王',
    })
    await room.conversation(wechat.contactId, 'chat', { legs: [leg('wechat')], lastSeq: 2 })
    await words('chat', 1, '兵马俑几点关门?')
    await words('chat', 2, '只给同事看', { direction: 'internal', author: { kind: 'agent', id: 'lin', name: 'Lin' } }) // prettier-ignore
    const serial = await room.ticket(wechat.contactId, 'lost-bag')
    room.nowMs += 1000
    await identities.prove(wechat.contactId, { kind: 'phone', scope: '', value: PHONE }, { _id: 'code-1', how: 'code', by: 'flow' }) // prettier-ignore

    // now the number leads to the contact on WeChat
    const call = await room.seen(claim('phone', PHONE, 'observed'))
    expect(call.contactId).to.equal(wechat.contactId)
    await room.conversation(call.contactId, 'second-call', { legs: [leg('voice', { call: { direction: 'in', number: PHONE } })] }) // prettier-ignore
    const sms = await room.seen(claim('phone', PHONE, 'observed'))
    await room.conversation(sms.contactId, 'sms', { legs: [leg('sms')] })

    const { items } = await room.timeline.page(wechat.contactId, { limit: 100 })
    const chat = items.find(({ id }) => id === 'chat') as Extract<TimelineItem, { type: 'conversation' }> // prettier-ignore
    expect(items.map(({ type, id }) => (type === 'ticket' ? type : id))).to.deep.equal([
      'sms',
      'second-call',
      'code-1',
      'ticket',
      'chat',
    ])
    expect(chat.lines).to.deep.equal([{ from: 'contact', text: '兵马俑几点关门?' }])
    expect(items.find(({ type }) => type === 'ticket')).to.include({ serial })
    expect(items.find(({ type }) => type === 'identity')).to.include({
      ...{ kind: 'phone', value: PHONE, how: 'code', otherId: caller.contactId, isTaken: false },
    })
    // the other one sees where the number went
    const theirs = await room.timeline.page(caller.contactId, { type: 'identity', limit: 10 })
    expect(theirs.items[0]).to.include({ isTaken: true, otherId: wechat.contactId, otherName: '小王' }) // prettier-ignore

    // an agent confirms the suggestion, undoes it, and confirms it again
    expect((await room.suggestions.of(wechat.contactId)).map(({ otherId }) => otherId)).to.deep.equal([caller.contactId]) // prettier-ignore
    const merge = await contacts.merge(wechat.contactId, caller.contactId, 'lin')
    expect(await idsOf(wechat.contactId)).to.include.members(['first-call', 'second-call', 'sms'])
    expect(await room.suggestions.of(wechat.contactId)).to.deep.equal([])
    await contacts.undo(merge._id, 'lin')
    expect(await idsOf(wechat.contactId)).to.not.include('first-call')
    expect(await idsOf(caller.contactId)).to.include('first-call')
    const [again] = await room.suggestions.of(wechat.contactId)
    expect(again!.reasons.map(({ reason }) => reason)).to.deep.equal(['sameAddress', 'parted'])
    await contacts.merge(wechat.contactId, caller.contactId, 'lin')
    expect(await idsOf(wechat.contactId)).to.include('first-call')
    const merges = await room.timeline.page(wechat.contactId, { type: 'merge', limit: 10 })
    expect(merges.items.map((item) => item.type === 'merge' && 'undoneAtMs' in item)).to.deep.equal(
      [false, true],
    )
  })

  it('turns page after page, without a gap and without a repeat', async () => {
    const { contactId } = await room.seen(claim('weiboUid', 'many', 'proven'))
    const at = new Date((room.nowMs += 1000))
    // several in the same millisecond
    for (let n = 0; n < 7; n++)
      await room.conversation(contactId, `page-${n}`, n < 4 ? { openedAt: at } : {})
    for (let n = 0; n < 4; n++) await room.ticket(contactId, `page-ticket-${n}`)
    const all = await idsOf(contactId)
    expect(all).to.have.length(11)
    const seen: string[] = []
    let before: string | undefined
    do {
      const page = await room.timeline.page(contactId, { limit: 3, ...(before && { before }) })
      seen.push(...page.items.map(({ id }) => id))
      before = page.next
    } while (before)
    expect(seen).to.deep.equal(all)
  })

  it('shows calls with their recordings, and voicemail; one channel alone on wish', async () => {
    const { contactId } = await room.seen(claim('phone', '+8613900001111', 'observed'))
    await room.conversation(contactId, 'recorded', {
      legs: [leg('webchat'), leg('voice', { id: 'l2', call: { direction: 'out', number: PHONE } })],
    })
    await RecordingModel.collection.insertOne({
      ...{ _id: 'rec-1' as never, kind: 'call', conversationId: 'recorded', contactId },
      ...{ startedAt: new Date(room.nowMs), durationMs: 61_000, state: 'stored' },
    } as never)
    await VoicemailModel.collection.insertOne({
      ...{ _id: 'vm-1' as never, contactId, conversationId: 'recorded', mailbox: 'm' },
      ...{ seconds: 9, recordingId: 'rec-2', state: 'new', leftAt: new Date(room.nowMs + 1) },
    } as never)
    await room.conversation(contactId, 'written', { legs: [leg('webchat')] })
    const { items } = await room.timeline.page(contactId, { channel: 'voice', limit: 10 })
    expect(items.map(({ id }) => id)).to.deep.equal(['vm-1', 'recorded'])
    expect(items[0]).to.include({ type: 'voicemail', seconds: 9, recordingId: 'rec-2' })
    expect(items[1]).to.deep.include({ channels: ['webchat', 'voice'] })
    expect(items[1]).to.have.nested.property('calls[0].direction', 'out')
    expect(items[1]).to.have.nested.property('recordings[0].durationMs', 61_000)
  })
})
