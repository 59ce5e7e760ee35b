import { expect } from 'chai'
import type { Conversation, ConversationState } from '../../gateway/domain/conversation.ts'
import { turnOwner } from '../../gateway/domain/conversation.ts'
import type { LifeEvent } from '../../gateway/domain/life-cycle.ts'
import { allowedIn, reduce } from '../../gateway/domain/life-cycle.ts'
import type { ErrorCode } from '../../gateway/errors.ts'
import { conversationIn, NOW_MS } from './conversations.ts'

const states: ConversationState[] = ['bot', 'queued', 'offered', 'agent', 'wrapUp', 'closed']
const place = { queueId: 'general', priority: 5, skills: [] }
const events: LifeEvent[] = [
  { type: 'handoff', ...place, reason: 'bot' },
  { type: 'offer', offer: conversationIn('offered').offer! },
  { type: 'accept', offerId: 'offer-1', agentId: 'lin' },
  { type: 'release', offerId: 'offer-1', why: 'declined', passOverMs: 60_000 },
  { type: 'transfer', ...place, agentId: 'lin' },
  { type: 'agentGone', agentId: 'lin', queueId: 'general' },
  { type: 'takeOver', agentId: 'chen' },
  { type: 'handBack', agentId: 'lin' },
  { type: 'finish', agentId: 'lin', wrapUpMs: 120_000 },
  { type: 'wrapUpDone', code: 'answered' },
  { type: 'flowEnded' },
  { type: 'abandon' },
  { type: 'close', reason: 'staff' },
]

/** The state it leads to, or the refusal. Rows: events in the order above; columns: states. */
const W = 'WRONG_STATE'
const G = 'OFFER_GONE'
const N = 'NOT_YOURS'
const table: Record<LifeEvent['type'], (ConversationState | ErrorCode)[]> = {
  //           bot       queued    offered   agent     wrapUp    closed
  handoff: ['queued', 'queued', 'offered', W, 'queued', W],
  offer: [W, 'offered', W, W, W, W],
  accept: [G, G, 'agent', G, G, G],
  release: [G, G, 'queued', G, G, G],
  transfer: [N, N, N, 'queued', N, N],
  agentGone: [W, W, W, 'queued', W, W],
  takeOver: ['agent', 'agent', 'agent', 'agent', 'agent', W],
  handBack: [N, N, N, 'bot', N, N],
  finish: [N, N, N, 'wrapUp', N, N],
  wrapUpDone: [W, W, W, W, 'bot', W],
  flowEnded: ['closed', W, W, W, 'wrapUp', W],
  abandon: [W, 'bot', 'bot', W, W, W],
  close: ['closed', 'closed', 'closed', 'closed', 'closed', W],
}

function after(conversation: Conversation, event: LifeEvent, nowMs = NOW_MS): Conversation {
  const reduced = reduce(conversation, event, nowMs)
  if (!reduced.ok) throw new Error(reduced.code)
  return reduced.next
}

function codeOf(conversation: Conversation, event: LifeEvent): string {
  const reduced = reduce(conversation, event, NOW_MS)
  return reduced.ok ? 'ok' : reduced.code
}

describe('the life of a conversation', () => {
  for (const event of events) {
    it(`${event.type}: leads on from where it fits and is refused everywhere else`, () => {
      const outcomes = states.map((state) => {
        const reduced = reduce(conversationIn(state), event, NOW_MS)
        return reduced.ok ? reduced.next.state : reduced.code
      })
      expect(outcomes).to.deep.equal(table[event.type])
      expect(Object.keys(allowedIn)).to.have.length(events.length)
    })
  }

  it('is never changed in place', () => {
    for (const state of states)
      for (const event of events) {
        const conversation = conversationIn(state)
        const before = structuredClone(conversation)
        reduce(conversation, event, NOW_MS + 1000)
        expect(conversation).to.deep.equal(before)
      }
  })

  it('the agent’s own rights end with the conversation: another’s name is refused', () => {
    const served = conversationIn('agent')
    for (const event of [
      { type: 'transfer', ...place, agentId: 'chen' },
      { type: 'handBack', agentId: 'chen' },
      { type: 'finish', agentId: 'chen', wrapUpMs: 1 },
      { type: 'agentGone', agentId: 'chen', queueId: 'general' },
    ] as LifeEvent[])
      expect(codeOf(served, event), event.type).to.equal('NOT_YOURS')
    const offered = conversationIn('offered')
    expect(codeOf(offered, { type: 'accept', offerId: 'offer-0', agentId: 'lin' })).to.equal(G)
    expect(codeOf(offered, { type: 'accept', offerId: 'offer-1', agentId: 'chen' })).to.equal(G)
    const late = { type: 'release', offerId: 'offer-0', why: 'expired', passOverMs: 1 } as const
    expect(codeOf(offered, late)).to.equal(G)
  })

  it('asked for a person twice, the place in the queue is kept', () => {
    const waiting = conversationIn('queued')
    const again = after(waiting, { ...events[0]!, queueId: 'other' } as LifeEvent, NOW_MS + 60_000)
    expect(again).to.equal(waiting)
  })

  it('a cry for help in the queue goes to the front and keeps the time it has waited', () => {
    for (const state of ['queued', 'offered'] as const) {
      const waiting = conversationIn(state)
      const cry: LifeEvent = { type: 'handoff', ...place, priority: 0, reason: 'emergency' }
      const urgent = after(waiting, cry, NOW_MS + 60_000)
      expect(urgent.waiting).to.include({ priority: 0, reason: 'emergency' })
      expect(urgent.waiting!.enqueuedAt).to.deep.equal(waiting.waiting!.enqueuedAt)
      expect(urgent.emergency).to.equal(true)
      expect(urgent.offer).to.equal(undefined)
    }
  })

  it('a cry for help stays one, whoever passes it on', () => {
    const urgent = { ...conversationIn('agent'), emergency: true }
    const passedOn = [
      after(urgent, { type: 'transfer', ...place, agentId: 'lin' }),
      after(urgent, { type: 'agentGone', agentId: 'lin', queueId: 'general' }),
      after(after(urgent, { type: 'handBack', agentId: 'lin' }), events[0]!),
    ]
    for (const { waiting, emergency } of passedOn) {
      expect(emergency).to.equal(true)
      expect(waiting).to.include({ priority: 0, reason: 'emergency' })
    }
  })

  it('whoever declined or let it lapse is passed over for the time of the queue, others are not', () => {
    let conversation = conversationIn('offered')
    const release = (nowMs: number, passOverMs: number) =>
      after(
        conversation,
        { type: 'release', offerId: 'offer-1', why: 'declined', passOverMs },
        nowMs,
      )
    conversation = release(NOW_MS, 60_000)
    expect(conversation.passedOver).to.deep.equal([
      { agentId: 'lin', until: new Date(NOW_MS + 60_000) },
    ])
    const offer = { ...conversationIn('offered').offer!, agentId: 'chen' }
    conversation = after(conversation, { type: 'offer', offer }, NOW_MS + 70_000)
    conversation = release(NOW_MS + 70_000, 60_000)
    // lin's time is over, and forgotten
    expect(conversation.passedOver.map(({ agentId }) => agentId)).to.deep.equal(['chen'])
  })

  it('whoever passes it on is not offered it back at once, unless that was the wish', () => {
    const transfer: LifeEvent = { type: 'transfer', ...place, agentId: 'lin' }
    const away = after(conversationIn('agent'), transfer)
    expect(away.passedOver.map(({ agentId }) => agentId)).to.deep.equal(['lin'])
    const toSelf = after(conversationIn('agent'), { ...transfer, toAgentId: 'lin' })
    expect(toSelf.passedOver).to.deep.equal([])
    expect(toSelf.waiting!.preferredAgentId).to.equal('lin')
  })

  it('a visitor whose agent vanished goes before ordinary ones', () => {
    const { waiting } = after(conversationIn('agent'), events[5]!)
    expect(waiting).to.include({ priority: 2, reason: 'agentGone' })
  })

  describe('wrap-up', () => {
    it('lasts its full time, whatever the visitor and the bot do meanwhile', () => {
      const finished = after(conversationIn('agent'), events[8]!)
      expect(finished.wrapUp).to.deep.equal({
        agentId: 'lin',
        startedAt: new Date(NOW_MS),
        endsAt: new Date(NOW_MS + 120_000),
      })
      const queuedAgain = after(finished, events[0]!, NOW_MS + 10_000)
      const ended = after(finished, { type: 'flowEnded' }, NOW_MS + 10_000)
      const closed = after(finished, { type: 'close', reason: 'idle' }, NOW_MS + 10_000)
      for (const each of [queuedAgain, ended, closed])
        expect(each.wrapUp, each.state).to.deep.equal(finished.wrapUp)
      for (const each of [queuedAgain, closed]) {
        const done = after(each, { type: 'wrapUpDone', code: 'answered' }, NOW_MS + 20_000)
        expect(done.state, 'only the agent’s work ends').to.equal(each.state)
        expect(done.wrapUp).to.equal(undefined)
        expect(done.wrapUpCode).to.equal('answered')
      }
    })

    it('closes the conversation when the flow has ended before it', () => {
      const ended = after(after(conversationIn('agent'), events[8]!), { type: 'flowEnded' })
      expect(ended).to.include({ state: 'wrapUp', flowEnded: true })
      const closed = after(ended, { type: 'wrapUpDone' })
      expect(closed).to.include({ state: 'closed', closeReason: 'finished' })
      expect(closed.openKeys).to.equal(undefined)
    })

    it('taken up again by a person, the end of the flow before it counts no more', () => {
      const ended = after(after(conversationIn('agent'), events[8]!), { type: 'flowEnded' })
      const again = after(ended, { type: 'takeOver', agentId: 'lin' })
      const finished = after(again, { type: 'finish', agentId: 'lin', wrapUpMs: 1000 })
      // the survey of this second end still runs
      expect(after(finished, { type: 'wrapUpDone' }).state).to.equal('bot')
    })
  })

  it('the bot is silent while a human has it, and nobody speaks in a closed one', () => {
    expect(states.map(turnOwner)).to.deep.equal(['bot', 'bot', 'bot', 'agent', 'bot', 'nobody'])
  })
})
