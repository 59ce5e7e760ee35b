import { expect } from 'chai'
import type { Conversation } from '../../gateway/domain/conversation.ts'
import { reduce } from '../../gateway/domain/life-cycle.ts'
import { Deadlines } from '../../gateway/intake/deadlines.ts'
import { ConversationModel } from '../../gateway/intake/model.ts'
import { newId } from '../../gateway/store/id.ts'
import { conversationIn } from '../domain/conversations.ts'
import { emptyIntake, eventually, Rig } from './rig.ts'
import { openTemporaryStore } from './temporary-store.ts'

describe('what happens by the clock alone', function () {
  this.timeout(30_000)
  let store: { close(): Promise<void> }
  let rig: Rig
  let deadlines: Deadlines
  let ended: { conversationId: string; agentId: string; atMs: number }[]

  before(async () => {
    store = await openTemporaryStore()
  })
  after(() => store.close())
  beforeEach(async () => {
    await emptyIntake()
    rig = new Rig()
    // wrap-up is waited for in real time
    rig.nowMs = Date.now()
    ended = []
    deadlines = new Deadlines({
      bus: rig.bus,
      conversations: rig.conversations,
      now: () => Date.now(),
      endWrapUp: async (conversationId, agentId) => {
        ended.push({ conversationId, agentId, atMs: Date.now() })
      },
      onError: (error) => rig.errors.push(error),
    })
  })
  afterEach(() => deadlines.stop())

  async function opened(
    state: 'bot' | 'agent' | 'wrapUp',
    more: Partial<Conversation> = {},
  ): Promise<Conversation> {
    const id = newId()
    const base = conversationIn(state)
    const legs = [{ ...base.legs[0]!, threadKey: id }]
    return rig.conversations.open({ ...base, _id: id, legs, openKeys: [`web|${id}`], ...more })
  }

  const finish = (id: string, agentId: string, wrapUpMs: number) =>
    rig.conversations.change(id, (current) => {
      const reduced = reduce(current, { type: 'finish', agentId, wrapUpMs }, Date.now())
      if (!reduced.ok) throw new Error(reduced.code)
      return { next: reduced.next, drafts: [] }
    })
  const takeOver = (id: string, agentId: string) =>
    rig.conversations.change(id, (current) => {
      const reduced = reduce(current, { type: 'takeOver', agentId }, Date.now())
      if (!reduced.ok) throw new Error(reduced.code)
      return { next: reduced.next, drafts: [] }
    })

  it('idle conversations close, busy ones and those with time left do not', async () => {
    const past = new Date(Date.now() - 1)
    const idle = await opened('bot', { idleAt: past })
    const written = await opened('wrapUp', { idleAt: past })
    const fresh = await opened('bot', { idleAt: new Date(Date.now() + 60_000) })
    const served = await opened('agent')
    await deadlines.closeIdle()
    const stateOf = async ({ _id }: Conversation) =>
      (await ConversationModel.findById(_id).lean<Conversation>())!
    expect(await stateOf(idle)).to.include({ state: 'closed', closeReason: 'idle' })
    expect((await stateOf(idle)).idleAt).to.equal(undefined)
    expect((await stateOf(written)).state).to.equal('closed')
    expect((await stateOf(written)).wrapUp, 'the agent’s time goes on').not.to.equal(undefined)
    expect((await stateOf(fresh)).state).to.equal('bot')
    expect((await stateOf(served)).state).to.equal('agent')
  })

  it('one that spoke again between the look and the change stays open', async () => {
    const idle = await opened('bot', { idleAt: new Date(Date.now() - 1) })
    const spoken = rig.conversations.change(idle._id, (current) => ({
      next: { ...current, idleAt: new Date(Date.now() + 60_000) },
      drafts: [],
    }))
    await Promise.all([deadlines.closeIdle(), spoken])
    const after = await ConversationModel.findById(idle._id).lean<Conversation>()
    expect(after!.state).to.equal('bot')
  })

  it('one that cannot be closed holds up no other', async () => {
    const past = new Date(Date.now() - 1)
    const poisoned = await opened('bot', { idleAt: past })
    const others = [await opened('bot', { idleAt: past }), await opened('bot', { idleAt: past })]
    const change = rig.conversations.change.bind(rig.conversations)
    rig.conversations.change = (id, step) =>
      id === poisoned._id ? Promise.reject(new Error('poisoned')) : change(id, step)
    await deadlines.closeIdle()
    for (const { _id } of others)
      expect((await ConversationModel.findById(_id).lean<Conversation>())!.state).to.equal('closed')
    expect(rig.errors.map(String)).to.deep.equal(['Error: poisoned'])
  })

  it('a wrap-up ends when its time is over, also over a restart', async () => {
    const endsAt = new Date(Date.now() + 150)
    const { _id } = await opened('wrapUp', {
      wrapUp: { agentId: 'lin', startedAt: new Date(), endsAt },
    })
    await deadlines.start()
    await eventually(() => ended.length === 1)
    expect(ended[0]).to.include({ conversationId: _id, agentId: 'lin' })
    expect(ended[0]!.atMs).to.be.at.least(endsAt.getTime() - 2)
  })

  it('a second wrap-up of the same conversation has its own full time', async () => {
    await deadlines.start()
    const { _id } = await opened('agent')
    await finish(_id, 'lin', 150)
    await takeOver(_id, 'lin')
    const again = await finish(_id, 'lin', 400)
    await eventually(() => ended.length === 1)
    expect(ended[0]!.atMs).to.be.at.least(again.conversation.wrapUp!.endsAt.getTime() - 2)
    expect(ended).to.have.length(1)
  })

  it('a wrap-up of another agent takes the place of the first, and ends too', async () => {
    await deadlines.start()
    const { _id } = await opened('agent')
    await finish(_id, 'lin', 5000)
    await takeOver(_id, 'chen')
    await finish(_id, 'chen', 100)
    await eventually(() => ended.length === 1)
    expect(ended[0]!.agentId).to.equal('chen')
  })

  it('one that was written up sooner is not ended again', async () => {
    await deadlines.start()
    const { _id } = await opened('agent')
    await finish(_id, 'lin', 100)
    await rig.conversations.change(_id, (current) => ({
      next: { ...current, state: 'bot', wrapUp: undefined },
      drafts: [],
    }))
    // a later one of another conversation shows that the time of the first has passed
    const other = await opened('agent')
    await finish(other._id, 'lin', 150)
    await eventually(() => ended.length > 0)
    expect(ended.map(({ conversationId }) => conversationId)).to.deep.equal([other._id])
  })
})
