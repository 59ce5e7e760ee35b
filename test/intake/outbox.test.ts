import { expect } from 'chai'
import type { SendResult } from '../../channels/channel.ts'
import type { Conversation } from '../../gateway/domain/conversation.ts'
import type { DeliveryState, Message } from '../../gateway/domain/message.ts'
import type { OutboxRow } from '../../gateway/intake/model.ts'
import { ConversationModel, MessageModel, OutboxModel } from '../../gateway/intake/model.ts'
import { Receipts } from '../../gateway/intake/receipts.ts'
import { newId } from '../../gateway/store/id.ts'
import { emptyIntake, eventually, Rig } from './rig.ts'
import { openTemporaryStore } from './temporary-store.ts'
import { conversationIn } from '../domain/conversations.ts'

describe('messages out to a channel that cannot take the same one twice', function () {
  this.timeout(30_000)
  let store: { close(): Promise<void> }
  const rigs: Rig[] = []

  before(async () => {
    store = await openTemporaryStore()
  })
  after(() => store.close())
  beforeEach(emptyIntake)
  afterEach(async () => {
    for (const rig of rigs.splice(0)) await rig.outbox.stop()
  })

  function node(): Rig {
    const rig = new Rig({ idempotentSend: false })
    rigs.push(rig)
    return rig
  }

  async function opened(rig: Rig): Promise<Conversation> {
    const id = newId()
    const base = conversationIn('agent')
    const legs = [{ ...base.legs[0]!, threadKey: id }]
    return rig.conversations.open({ ...base, _id: id, legs, openKeys: [`web|${id}`] })
  }

  async function say(rig: Rig, conversationId: string, ...texts: string[]): Promise<Message[]> {
    const { messages } = await rig.conversations.change(conversationId, (next) => ({
      next,
      drafts: texts.map((text) => ({
        direction: 'out' as const,
        legId: 'leg-1',
        author: { kind: 'agent' as const, id: 'lin', name: 'Lin' },
        parts: [{ type: 'text' as const, text }],
      })),
    }))
    await rig.flusher.settled()
    return messages
  }

  const delivery = async (id: string) =>
    (await MessageModel.findById(id).lean<Message>())!.delivery!
  const reaches = (id: string, state: DeliveryState) =>
    eventually(async () => (await delivery(id)).state === state)
  const row = (id: string) => OutboxModel.findById(id).lean<OutboxRow>()

  it('what was taken is sent, and its row is gone', async () => {
    const rig = node()
    const { _id } = await opened(rig)
    const [message] = await say(rig, _id, 'hello')
    await reaches(message!._id, 'sent')
    await eventually(async () => (await row(message!._id)) === null)
    expect(rig.adapter.sent).to.have.length(1)
  })

  it('while it is being sent, its row is leased: nobody else sends it, and nothing after it goes first', async () => {
    const rig = node()
    let answer: (result: SendResult) => void = () => undefined
    rig.adapter.answers = [new Promise((resolve) => (answer = resolve))]
    const { _id } = await opened(rig)
    const [first, second] = await say(rig, _id, 'first', 'second')
    await eventually(() => rig.adapter.sent.length === 1)
    const leased = (await row(first!._id))!
    expect(leased).to.include({ state: 'sending', attempts: 1 })
    expect(leased.leaseUntil!.getTime()).to.be.above(rig.nowMs)
    const other = node()
    other.outbox.dispatch([leased])
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(other.adapter.sent).to.deep.equal([])
    expect(rig.adapter.sent).to.have.length(1)
    answer({ ok: true, state: 'delivered' })
    await reaches(second!._id, 'sent')
    expect((await delivery(first!._id)).state).to.equal('delivered')
  })

  it('after a crash while it was being sent nobody can know: it is shown as unknown, not sent again', async () => {
    const dying = node()
    dying.adapter.answers = [new Promise<SendResult>(() => undefined)]
    const { _id } = await opened(dying)
    const [first, second] = await say(dying, _id, 'first', 'second')
    await eventually(async () => (await row(first!._id))?.state === 'sending')
    rigs.length = 0

    const next = node()
    await next.outbox.recover()
    await reaches(first!._id, 'unknown')
    await reaches(second!._id, 'sent')
    expect(next.adapter.texts).to.deep.equal(['{"type":"text","text":"second"}'])
    expect((await delivery(first!._id)).code).to.equal('CRASHED_WHILE_SENDING')
    await eventually(async () => (await row(first!._id))?.state === 'dead')
  })

  it('what the channel wants later goes later, before everything after it', async () => {
    const rig = node()
    const later: SendResult = { ok: false, retry: 'later', afterMs: 20, code: 'BUSY' }
    rig.adapter.answers = [later, later]
    const { _id } = await opened(rig)
    const [, , third] = await say(rig, _id, 'first', 'second', 'third')
    await reaches(third!._id, 'sent')
    const order = rig.adapter.texts.map((text) => (JSON.parse(text) as { text: string }).text)
    expect(order).to.deep.equal(['first', 'first', 'first', 'second', 'third'])
  })

  it('other threads do not wait for one that is held up', async () => {
    const rig = node()
    rig.adapter.answers = [new Promise<SendResult>(() => undefined)]
    const [stuck, free] = [await opened(rig), await opened(rig)]
    await say(rig, stuck._id, 'stuck')
    const [message] = await say(rig, free._id, 'free')
    await reaches(message!._id, 'sent')
    rigs.length = 0
  })

  it('a crash between two attempts loses nothing: the channel had said that it did not take it', async () => {
    const dying = node()
    const later: SendResult = { ok: false, retry: 'later', afterMs: 60_000, code: 'QUOTA' }
    dying.adapter.answers = [later]
    const { _id } = await opened(dying)
    const [message] = await say(dying, _id, 'hello')
    await eventually(async () => (await row(message!._id))?.attempts === 1)
    await eventually(async () => (await row(message!._id))?.state === 'queued')

    const next = node()
    next.nowMs += 60_000
    await next.outbox.recover()
    await reaches(message!._id, 'sent')
    expect(next.adapter.sent).to.have.length(1)
  })

  it('a stop does not wait for a retry that is due in a minute', async () => {
    const rig = node()
    rig.adapter.answers = [{ ok: false, retry: 'later', afterMs: 60_000, code: 'QUOTA' }]
    const { _id } = await opened(rig)
    await say(rig, _id, 'hello')
    await eventually(() => rig.adapter.sent.length === 1)
    const beganMs = performance.now()
    await rig.outbox.stop()
    expect(performance.now() - beganMs).to.be.below(2000)
    expect(await OutboxModel.countDocuments({ state: 'queued' })).to.equal(1)
  })

  it('a permanent refusal is told with its code and kept for people; the thread goes on', async () => {
    const rig = node()
    rig.adapter.answers = [{ ok: false, retry: 'never', code: '45015' }]
    const { _id } = await opened(rig)
    const [refused, next] = await say(rig, _id, 'too late', 'next')
    await reaches(next!._id, 'sent')
    await reaches(refused!._id, 'failed')
    expect((await delivery(refused!._id)).code).to.equal('45015')
    await eventually(async () => (await row(refused!._id))?.state === 'dead')
    expect(await row(refused!._id)).to.include({ error: '45015' })
  })

  it('an answer that never came, or a channel that broke, is unknown and never repeated', async () => {
    const rig = node()
    rig.adapter.answers = [
      { ok: false, retry: 'unknown', code: 'TIMEOUT' },
      new Error('socket hang up'),
    ]
    const { _id } = await opened(rig)
    const [timedOut, broken] = await say(rig, _id, 'one', 'two')
    await reaches(timedOut!._id, 'unknown')
    await reaches(broken!._id, 'unknown')
    expect((await delivery(timedOut!._id)).code).to.equal('TIMEOUT')
    expect((await delivery(broken!._id)).code).to.equal('ADAPTER_THREW')
    expect(rig.adapter.sent).to.have.length(2)
  })

  it('what could not be sent for two days is told as expired, and not sent any more', async () => {
    const rig = node()
    rig.adapter.answers = [{ ok: false, retry: 'later', afterMs: 20, code: 'BUSY' }]
    const { _id } = await opened(rig)
    const sending = say(rig, _id, 'old news')
    await eventually(() => rig.adapter.sent.length === 1)
    rig.nowMs += 48 * 3_600_000 + 1
    const [message] = await sending
    await reaches(message!._id, 'expired')
    expect(rig.adapter.sent).to.have.length(1)
    await eventually(async () => (await row(message!._id)) === null)
  })

  describe('receipts', () => {
    it('move the state of a message on, never back, and only in the own conversation', async () => {
      const rig = node()
      const { _id } = await opened(rig)
      const messages = await say(rig, _id, 'one', 'two', 'three')
      await reaches(messages[2]!._id, 'sent')
      const receipts = new Receipts({
        conversations: rig.conversations,
        bus: rig.bus,
        now: () => rig.nowMs,
      })
      const states = async () =>
        Promise.all(messages.map(async ({ _id: id }) => (await delivery(id)).state))
      const take = (seq: number, state: 'delivered' | 'read', threadKey = _id) =>
        receipts.take({ accountId: 'web', threadKey, conversationId: _id, seq, state })

      await take(2, 'read')
      expect(await states()).to.deep.equal(['read', 'read', 'sent'])
      await take(3, 'delivered')
      expect(await states()).to.deep.equal(['read', 'read', 'delivered'])
      await take(3, 'read', 'somebody-else')
      await take(0, 'read')
      expect(await states()).to.deep.equal(['read', 'read', 'delivered'])
      const told: string[] = []
      rig.bus.subscribe('delivery', ({ seq, state }) => told.push(`${seq} ${state}`))
      await take(3, 'read')
      await take(3, 'read')
      expect(told).to.deep.equal(['3 read'])
    })

    it('that are quicker than the answer of the channel are not undone by it', async () => {
      const rig = node()
      let answer: (result: SendResult) => void = () => undefined
      rig.adapter.answers = [new Promise((resolve) => (answer = resolve))]
      const { _id } = await opened(rig)
      const [message] = await say(rig, _id, 'one')
      await eventually(() => rig.adapter.sent.length === 1)
      const options = { conversations: rig.conversations, bus: rig.bus, now: () => rig.nowMs }
      const receipt = { accountId: 'web', threadKey: _id, conversationId: _id, seq: 1 }
      await new Receipts(options).take({ ...receipt, state: 'read' })
      answer({ ok: true, state: 'sent' })
      await eventually(async () => (await row(message!._id)) === null)
      expect((await delivery(message!._id)).state).to.equal('read')
      expect(await ConversationModel.countDocuments()).to.equal(1)
    })
  })
})
