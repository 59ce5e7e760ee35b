import { expect } from 'chai'
import type { SendResult } from '../../channels/channel.ts'
import type { Conversation } from '../../gateway/domain/conversation.ts'
import type { Message } from '../../gateway/domain/message.ts'
import type { OutboxRow } from '../../gateway/intake/model.ts'
import { MessageModel, OutboxModel, SentIdModel, WindowModel } from '../../gateway/intake/model.ts'
import { newId } from '../../gateway/store/id.ts'
import { conversationIn } from '../domain/conversations.ts'
import { emptyIntake, eventually, Rig } from './rig.ts'
import { openTemporaryStore } from './temporary-store.ts'

const HOUR_MS = 3_600_000

describe('messages out to a channel that grants few of them', function () {
  this.timeout(30_000)
  let store: { close(): Promise<void> }
  let rig: Rig
  let conversation: Conversation
  let thread: { accountId: string; threadKey: string }

  before(async () => {
    store = await openTemporaryStore()
  })
  after(() => store.close())
  beforeEach(async () => {
    await emptyIntake()
    await Promise.all([WindowModel.deleteMany({}), SentIdModel.deleteMany({})])
    rig = new Rig({ idempotentSend: false })
    Object.assign(rig.adapter.capabilities, { replyWindow: true, joins: true })
    conversation = await open(rig)
  })
  afterEach(() => rig.outbox.stop())

  async function open(on: Rig): Promise<Conversation> {
    const threadKey = newId()
    thread = { accountId: 'web', threadKey }
    const base = conversationIn('agent')
    const legs = [{ ...base.legs[0]!, threadKey }]
    return on.conversations.open({ ...base, _id: threadKey, legs, openKeys: [`web|${threadKey}`] })
  }

  const grant = (count: number) =>
    rig.windows.grant(thread, newId(), [
      { reason: 'message', count, untilMs: rig.nowMs + 48 * HOUR_MS },
    ])

  async function say(...texts: string[]): Promise<Message[]> {
    const { messages } = await rig.conversations.change(conversation._id, (next) => ({
      next,
      drafts: texts.map((text) => ({
        direction: 'out' as const,
        legId: 'leg-1',
        author: { kind: 'bot' as const, id: 'greeting' },
        parts: [{ type: 'text' as const, text }],
      })),
    }))
    await rig.flusher.settled()
    return messages
  }

  const delivery = async ({ _id }: Message) =>
    (await MessageModel.findById(_id).lean<Message>())!.delivery!
  const reaches = (message: Message, state: string) =>
    eventually(async () => (await delivery(message)).state === state)
  const sentTexts = () =>
    rig.adapter.sent.map(({ message }) => (message.parts[0] as { text: string }).text)

  it('lines of one turn go out as one, and cost one', async () => {
    await grant(5)
    const messages = await say('您好', '请问需要什么帮助?', '可以直接输入')
    for (const message of messages) await reaches(message, 'sent')
    expect(sentTexts()).to.deep.equal(['您好\n请问需要什么帮助?\n可以直接输入'])
    expect((await rig.windows.view(thread)).left).to.equal(4)
  })

  it('what is not granted is not sent, and whoever wrote it is told which of both it is', async () => {
    const [never] = await say('nobody asked')
    await reaches(never!, 'failed')
    expect((await delivery(never!)).code).to.equal('WINDOW_CLOSED')
    await grant(1)
    const [first] = await say('one')
    await reaches(first!, 'sent')
    const [second] = await say('two')
    await reaches(second!, 'failed')
    expect((await delivery(second!)).code).to.equal('QUOTA_USED_UP')
    expect(sentTexts()).to.deep.equal(['one'])
  })

  it('the provider closes the window we thought open: nothing more is tried', async () => {
    await grant(5)
    rig.adapter.answers = [{ ok: false, retry: 'never', code: '45047', windowClosed: true }]
    const [refused] = await say('too many')
    await reaches(refused!, 'failed')
    const [next] = await say('again')
    await reaches(next!, 'failed')
    expect((await delivery(next!)).code).to.equal('WINDOW_CLOSED')
    expect(rig.adapter.sent).to.have.length(1)
  })

  it('only what was taken is counted: a refusal for now costs nothing, an unknown outcome costs all', async () => {
    await grant(5)
    rig.adapter.answers = [{ ok: false, retry: 'later', afterMs: 5, code: 'BUSY' }]
    const [first] = await say('busy once')
    await reaches(first!, 'sent')
    expect((await rig.windows.view(thread)).left).to.equal(4)
    rig.adapter.answers = [{ ok: false, retry: 'unknown', code: 'CUT' }]
    const [second] = await say('who knows')
    await reaches(second!, 'unknown')
    expect((await rig.windows.view(thread)).left).to.equal(3)
  })

  it('taken in part: the rest goes out later, also after a restart, and the parts are not joined anew', async () => {
    await grant(9)
    Object.assign(rig.adapter, { pieces: () => 3 })
    const later: SendResult = {
      ...{ ok: false, retry: 'later', afterMs: 3_600_000, code: 'BUSY', sentPieces: 1 },
    }
    rig.adapter.answers = [later]
    const messages = await say('long', 'longer')
    const row = () => OutboxModel.findById(messages[1]!._id).lean<OutboxRow>()
    await eventually(async () => (await row())?.sentPieces === 1)
    await rig.outbox.stop()
    await say('meanwhile')

    const next = new Rig({ idempotentSend: false })
    Object.assign(next.adapter.capabilities, { replyWindow: true, joins: true })
    Object.assign(next.adapter, { pieces: () => 3 })
    next.nowMs = rig.nowMs + 2 * HOUR_MS
    await next.outbox.recover()
    await eventually(() => next.adapter.sent.length === 2)
    expect(next.adapter.sent[0]).to.include({ sentPieces: 1 })
    expect(next.adapter.sent[0]!.message.parts).to.deep.equal([
      { type: 'text', text: 'long\nlonger' },
    ])
    await next.outbox.stop()
  })

  it('a row handled twice after a crash grants once', async () => {
    const inboxId = newId()
    const grants = [{ reason: 'message' as const, count: 2, untilMs: rig.nowMs + HOUR_MS }]
    await rig.windows.grant(thread, inboxId, grants)
    await rig.windows.spend(thread, 2)
    await rig.windows.grant(thread, inboxId, grants)
    expect(await rig.windows.view(thread)).to.include({ open: false, left: 0 })
  })

  it('an account that must rest sends nothing, on any thread, and what waited is sent afterwards', async () => {
    await grant(5)
    rig.adapter.answers = [
      { ok: false, retry: 'later', afterMs: 1, code: '45011', pauseAccountMs: 24 * HOUR_MS },
    ]
    const [first] = await say('first')
    await eventually(() => rig.adapter.sent.length === 1)
    conversation = await open(rig)
    await grant(5)
    const [second] = await say('second')
    await rig.settled()
    expect(rig.adapter.sent).to.have.length(1)

    const next = new Rig({ idempotentSend: false })
    Object.assign(next.adapter.capabilities, { replyWindow: true, joins: true })
    next.nowMs = rig.nowMs + HOUR_MS
    await next.outbox.recover()
    await reaches(first!, 'sent')
    await reaches(second!, 'sent')
    await next.outbox.stop()
  })

  it('an account that rests is tried again as soon as its settings change', async () => {
    await grant(5)
    rig.adapter.answers = [
      { ok: false, retry: 'later', afterMs: 1, code: '45011', pauseAccountMs: 24 * HOUR_MS },
    ]
    const [message] = await say('first')
    await eventually(() => rig.adapter.sent.length === 1)
    await eventually(async () => (await OutboxModel.exists({ state: 'queued' })) !== null)
    expect(rig.adapter.sent).to.have.length(1)
    rig.bus.publish('accounts', {})
    await reaches(message!, 'sent')
  })
})

describe('what the provider says later of what it took', function () {
  this.timeout(30_000)
  let store: { close(): Promise<void> }
  let rig: Rig

  before(async () => {
    store = await openTemporaryStore()
  })
  after(() => store.close())
  beforeEach(async () => {
    await emptyIntake()
    rig = new Rig({ idempotentSend: false })
  })
  afterEach(() => rig.outbox.stop())

  async function sent(providerIds: string[]): Promise<Message> {
    const base = conversationIn('agent')
    const _id = newId()
    const legs = [{ ...base.legs[0]!, threadKey: _id }]
    const { conversations, flusher } = rig
    await conversations.open({ ...base, _id, legs, openKeys: [`web|${_id}`] })
    rig.adapter.answers = [{ ok: true, state: 'sent', providerIds }]
    const { messages } = await conversations.change(_id, (next) => ({
      next,
      drafts: [
        {
          ...{ direction: 'out', legId: 'leg-1', author: { kind: 'bot', id: 'x' } },
          parts: [{ type: 'text', text: 'hello' }],
        },
      ],
    }))
    await flusher.settled()
    return messages[0]!
  }

  const state = async ({ _id }: Message) =>
    (await MessageModel.findById(_id).lean<Message>())!.delivery!
  const reaches = (message: Message, wanted: string) =>
    eventually(async () => (await state(message)).state === wanted)

  it('by any of the ids it may be named by', async () => {
    const message = await sent(['1f', '31'])
    await reaches(message, 'sent')
    await rig.reports.take({ accountId: 'web', providerId: '31', state: 'delivered' })
    await reaches(message, 'delivered')
  })

  it('a report that is quicker than our own record is not lost', async () => {
    await rig.reports.take({ accountId: 'web', providerId: 'early', state: 'delivered' })
    await reaches(await sent(['early']), 'delivered')
  })

  it('not delivered after all: it is listed with those that failed, to be sent again', async () => {
    const message = await sent(['x9'])
    await reaches(message, 'sent')
    const report = { accountId: 'web', providerId: 'x9', state: 'failed' as const, code: 'UNDELIV' }
    await rig.reports.take(report)
    await reaches(message, 'failed')
    const row = await OutboxModel.findById(message._id).lean<OutboxRow>()
    expect(row).to.include({ state: 'dead', error: 'UNDELIV' })
  })

  it('of another account: nothing changes', async () => {
    const message = await sent(['same-id'])
    await reaches(message, 'sent')
    await rig.reports.take({ accountId: 'other', providerId: 'same-id', state: 'delivered' })
    expect((await state(message)).state).to.equal('sent')
  })
})
