import { expect } from 'chai'
import type { Conversation } from '../../gateway/domain/conversation.ts'
import type { Message } from '../../gateway/domain/message.ts'
import type { Draft } from '../../gateway/intake/conversations.ts'
import { readHistory } from '../../gateway/intake/history.ts'
import {
  ConversationModel,
  InboxModel,
  MessageModel,
  OutboxModel,
} from '../../gateway/intake/model.ts'
import { newId } from '../../gateway/store/id.ts'
import { conversationIn } from '../domain/conversations.ts'
import { emptyIntake, Rig, word } from './rig.ts'
import { openTemporaryStore } from './temporary-store.ts'

describe('messages into a conversation', function () {
  this.timeout(30_000)
  let store: { close(): Promise<void> }

  before(async () => {
    store = await openTemporaryStore()
  })
  after(() => store.close())
  beforeEach(emptyIntake)

  const note = (text: string): Draft => ({
    direction: 'internal',
    author: { kind: 'system', id: 'test' },
    parts: [{ type: 'text', text }],
  })
  const stored = (conversationId: string) =>
    MessageModel.find({ conversationId }).sort({ seq: 1 }).lean<Message[]>()
  const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

  async function opened(rig: Rig, state: 'bot' | 'agent' = 'bot'): Promise<Conversation> {
    const id = newId()
    const base = conversationIn(state)
    const conversation = { ...base, _id: id, openKeys: [`web|${id}`] }
    conversation.legs = [{ ...base.legs[0]!, threadKey: id }]
    return rig.conversations.open(conversation)
  }

  it('100 changes at once give 100 messages, numbered without a gap', async () => {
    const rig = new Rig()
    const { _id } = await opened(rig)
    await Promise.all(
      upTo(100).map((n) =>
        rig.conversations.change(_id, (next) => ({ next, drafts: [note(`${n}`)] })),
      ),
    )
    await rig.quiet()
    const messages = await stored(_id)
    expect(messages.map(({ seq }) => seq)).to.deep.equal(upTo(100))
    const after = await ConversationModel.findById(_id).lean<Conversation>()
    expect(after).to.include({ lastSeq: 100, version: 101 })
    expect(after!.pending).to.deep.equal([])
    expect(rig.errors).to.deep.equal([])
  })

  it('two nodes write the same conversation at once: nothing lost, nothing twice, no gap', async () => {
    const nodes = [new Rig(), new Rig()]
    const { _id } = await opened(nodes[0]!)
    const outcomes = await Promise.allSettled(
      nodes.flatMap((node, which) =>
        upTo(50).map((n) =>
          node.conversations.change(_id, (next) => ({ next, drafts: [note(`${which}:${n}`)] })),
        ),
      ),
    )
    expect(outcomes.filter(({ status }) => status === 'rejected')).to.deep.equal([])
    await Promise.all(nodes.map((node) => node.quiet()))
    const messages = await stored(_id)
    expect(messages.map(({ seq }) => seq)).to.deep.equal(upTo(100))
    const texts = messages.map(({ parts }) => (parts[0] as { text: string }).text)
    expect(new Set(texts).size).to.equal(100)
    // each node's own stand in the order it wrote them
    for (const which of ['0', '1'])
      expect(texts.filter((text) => text.startsWith(`${which}:`))).to.deep.equal(
        upTo(50).map((n) => `${which}:${n}`),
      )
  })

  it('of two turns on the same state one loses, and runs again on what the other left', async () => {
    const [a, b] = [new Rig(), new Rig()]
    const { _id } = await opened(a)
    const bump = async (rig: Rig, seen: number[]) =>
      rig.conversations.change(_id, async (current) => {
        const turns = (current.bot as { turns: number } | undefined)?.turns ?? 0
        seen.push(turns)
        await bothHaveRead(seen)
        return { next: { ...current, bot: { turns: turns + 1 } }, drafts: [] }
      })
    let waiting: (() => void)[] = []
    /** holds each back the first time until both have read the same state */
    function bothHaveRead(seen: number[]): Promise<void> | void {
      if (seen.length > 1) return
      return new Promise((resolve) => {
        waiting.push(resolve)
        if (waiting.length === 2) {
          for (const go of waiting) go()
          waiting = []
        }
      })
    }
    const seen: [number[], number[]] = [[], []]
    await Promise.all([bump(a, seen[0]), bump(b, seen[1])])
    expect(seen.map((each) => each.length).sort()).to.deep.equal([1, 2])
    expect(seen.flat().sort()).to.deep.equal([0, 0, 1])
    const after = await ConversationModel.findById(_id).lean<Conversation>()
    expect(after!.bot).to.deep.equal({ turns: 2 })
  })

  it('the first words of one thread on two nodes open one conversation', async () => {
    const nodes = [new Rig(), new Rig()]
    await Promise.all(nodes.map((node, n) => node.inbound.receive(word(`hello ${n}`))))
    await Promise.all(nodes.map((node) => node.quiet()))
    expect(await ConversationModel.countDocuments()).to.equal(1)
    const [conversation] = await ConversationModel.find().lean<Conversation[]>()
    const inbound = (await stored(conversation!._id)).filter(({ direction }) => direction === 'in')
    expect(inbound).to.have.length(2)
  })

  it('the same thing sent again by a channel is one message', async () => {
    const rig = new Rig()
    const again = word('where is it', 'visitor-1', 'the-same')
    const answers = await Promise.all(upTo(10).map(() => rig.inbound.receive(again)))
    expect(answers.filter((answer) => answer === 'new')).to.have.length(1)
    await rig.quiet()
    expect(await rig.inbound.receive(again)).to.equal('duplicate')
    expect(await rig.inbound.receive({ ...again, accountId: 'other' })).to.equal('new')
    await rig.settled()
    expect(rig.adapter.texts.filter((text) => text.includes('echo where'))).to.have.length(2)
  })

  it('what was committed and not written out when the process died is written by the next one', async () => {
    const dying = new Rig({ flushing: false })
    await dying.inbound.receive(word('are you there'))
    await dying.quiet()
    expect(await MessageModel.countDocuments()).to.equal(0)
    const [left] = await ConversationModel.find().lean<Conversation[]>()
    expect(left!.pending).not.to.be.empty
    // read while it is on its way, it is there all the same
    const page = await readHistory(left!._id, { limit: 10 })
    expect(page.messages.map(({ seq }) => seq)).to.deep.equal(upTo(left!.lastSeq))

    const next = new Rig()
    expect(await next.flusher.recover()).to.equal(1)
    await next.inbound.recover()
    await next.settled()
    expect(next.adapter.texts).to.deep.equal(['{"type":"text","text":"echo are you there"}'])
    const messages = await stored(left!._id)
    expect(messages.map(({ seq }) => seq)).to.deep.equal(upTo(left!.lastSeq))
    // a second recovery finds nothing to do
    const third = new Rig()
    expect(await third.flusher.recover()).to.equal(0)
    expect(await third.inbound.recover()).to.equal(0)
  })

  it('the death between the two writes of the flusher doubles nothing', async () => {
    const dying = new Rig({ flushing: false })
    await dying.inbound.receive(word('half way'))
    await dying.quiet()
    const [left] = await ConversationModel.find().lean<Conversation[]>()
    await MessageModel.collection.insertOne(left!.pending[0] as never)
    const next = new Rig()
    await next.flusher.recover()
    await next.settled()
    expect((await stored(left!._id)).map(({ seq }) => seq)).to.deep.equal(upTo(left!.lastSeq))
    expect(next.adapter.sent).to.have.length(1)
  })

  it('what was stored and not handled is handled at the next start, in the order it came', async () => {
    const rows = upTo(5).map((n) => ({
      ...word(`word ${n}`),
      _id: newId(),
      receivedAt: new Date(),
      state: 'new' as const,
      attempts: 0,
    }))
    await InboxModel.collection.insertMany(rows as never[])
    const rig = new Rig()
    expect(await rig.inbound.recover()).to.equal(5)
    await rig.settled()
    const [conversation] = await ConversationModel.find().lean<Conversation[]>()
    const words = (await stored(conversation!._id))
      .filter(({ direction }) => direction === 'in')
      .map(({ parts }) => (parts[0] as { text: string }).text)
    expect(words).to.deep.equal(upTo(5).map((n) => `word ${n}`))
    expect(await InboxModel.countDocuments({ state: 'new' })).to.equal(0)
    expect(await OutboxModel.countDocuments()).to.equal(0)
  })

  it('a row handled and not marked is not handled twice, also when it closed its conversation', async () => {
    const dying = new Rig({ flushing: false })
    dying.reply = () => ({
      bot: undefined,
      effects: [{ fx: 'end', reason: 'done' }],
      status: 'ended',
    })
    await dying.inbound.receive(word('bye'))
    await dying.quiet()
    expect(await InboxModel.countDocuments({ state: 'new' })).to.equal(1)
    const next = new Rig()
    await next.flusher.recover()
    await next.inbound.recover()
    await next.settled()
    expect(await ConversationModel.countDocuments()).to.equal(1)
    expect(await MessageModel.countDocuments({ direction: 'in' })).to.equal(1)
    expect(await InboxModel.countDocuments({ state: 'new' })).to.equal(0)
  })

  it('a word that fails five times is set aside, and the thread goes on', async () => {
    const rig = new Rig()
    const poisoned = word('poison')
    // an identity the store refuses: not the bot's fault, so nobody is called
    poisoned.identity = { ...poisoned.identity, value: { poison: true } as unknown as string }
    await rig.inbound.receive(poisoned)
    await rig.inbound.receive(word('and now?'))
    await rig.settled()
    expect(rig.errors).to.have.length(5)
    const [dead] = await InboxModel.find({ state: 'dead' }).lean()
    expect(dead).to.include({ attempts: 5, dedupeKey: poisoned.dedupeKey })
    expect(dead!.error).to.be.a('string').and.not.equal('')
    expect(rig.adapter.texts.join()).to.contain('echo and now?')
  })
})
