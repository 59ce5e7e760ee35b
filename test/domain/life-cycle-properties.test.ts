/** Whatever happens in whatever order, a conversation never stands in a way that makes no sense. */
import { expect } from 'chai'
import fc from 'fast-check'
import type { Conversation, SkillRequirement } from '../../gateway/domain/conversation.ts'
import type { LifeEvent } from '../../gateway/domain/life-cycle.ts'
import { reduce } from '../../gateway/domain/life-cycle.ts'
import { conversationIn, NOW_MS } from './conversations.ts'

const agentId = fc.constantFrom('lin', 'chen', 'wang')
const queueId = fc.constantFrom('general', 'english')
const priority = fc.integer({ min: 0, max: 9 })
const skills = fc.constant<SkillRequirement[]>([])
const offerId = fc.constantFrom('offer-1', 'offer-2')
const event: fc.Arbitrary<LifeEvent> = fc.oneof(
  fc.record({
    type: fc.constant('handoff' as const),
    queueId,
    priority,
    skills,
    reason: fc.constantFrom('bot' as const, 'emergency' as const),
  }),
  fc.record({
    type: fc.constant('offer' as const),
    offer: fc.record({
      id: offerId,
      agentId,
      offeredAt: fc.constant(new Date(NOW_MS)),
      expiresAt: fc.constant(new Date(NOW_MS + 20_000)),
    }),
  }),
  fc.record({ type: fc.constant('accept' as const), offerId, agentId }),
  fc.record({
    type: fc.constant('release' as const),
    offerId,
    why: fc.constant('declined' as const),
    passOverMs: fc.integer({ min: 0, max: 100_000 }),
  }),
  fc.record({ type: fc.constant('transfer' as const), agentId, queueId, priority, skills }),
  fc.record({ type: fc.constant('agentGone' as const), agentId, queueId }),
  fc.record({ type: fc.constant('takeOver' as const), agentId }),
  fc.record({ type: fc.constant('handBack' as const), agentId }),
  fc.record({
    type: fc.constant('finish' as const),
    agentId,
    wrapUpMs: fc.integer({ min: 0, max: 200_000 }),
  }),
  fc.record({ type: fc.constant('wrapUpDone' as const) }),
  fc.record({ type: fc.constant('flowEnded' as const) }),
  fc.record({ type: fc.constant('abandon' as const) }),
  fc.record({ type: fc.constant('close' as const), reason: fc.constant('idle' as const) }),
)

function expectSense(c: Conversation): void {
  const has = (field: keyof Conversation) => c[field] !== undefined
  expect(has('agentId'), 'agentId ⇔ agent').to.equal(c.state === 'agent')
  expect(has('waiting'), 'waiting ⇔ queued or offered').to.equal(
    c.state === 'queued' || c.state === 'offered',
  )
  expect(has('offer'), 'offer ⇔ offered').to.equal(c.state === 'offered')
  expect(has('closedAt'), 'closedAt ⇔ closed').to.equal(c.state === 'closed')
  expect(has('closeReason'), 'closeReason ⇔ closed').to.equal(c.state === 'closed')
  expect(has('openKeys'), 'openKeys ⇔ open').to.equal(c.state !== 'closed')
  if (c.state === 'wrapUp') expect(has('wrapUp'), 'wrapUp in wrapUp').to.equal(true)
  // the flow that ended is only remembered until the agent has written up
  if (c.flowEnded) expect(c.state, 'flowEnded').to.be.oneOf(['wrapUp', 'closed'])
  if (!c.waiting && c.state !== 'agent') expect(c.passedOver).to.deep.equal([])
  if (c.agentId) expect(c.lastAgentId).to.equal(c.agentId)
  if (c.waiting) {
    expect(c.queueId).to.equal(c.waiting.queueId)
    expect(c.firstQueuedAt!.getTime()).to.be.at.most(c.waiting.enqueuedAt.getTime())
    if (c.emergency) expect(c.waiting).to.include({ priority: 0, reason: 'emergency' })
  }
  if (c.wrapUp) expect(c.wrapUp.endsAt.getTime()).to.be.at.least(c.wrapUp.startedAt.getTime())
}

describe('the life of a conversation, under 2,000 random lives', () => {
  it('never has a field that does not belong to its state, nor lacks one that does', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(event, fc.integer({ min: 0, max: 100_000 })), {
          minLength: 20,
          maxLength: 60,
        }),
        (life) => {
          let conversation = conversationIn('bot')
          let nowMs = NOW_MS
          for (const [what, passedMs] of life) {
            nowMs += passedMs
            const before = conversation
            const reduced = reduce(before, what, nowMs)
            if (!reduced.ok) continue
            conversation = reduced.next
            expectSense(conversation)
            if (before.state === 'closed')
              expect({ ...conversation, wrapUp: undefined }, 'the end is the end').to.include({
                state: 'closed',
                closeReason: before.closeReason,
              })
            if (before.emergency) expect(conversation.emergency).to.equal(true)
            for (const field of ['firstQueuedAt', 'firstAcceptedAt'] as const)
              if (before[field]) expect(conversation[field]).to.deep.equal(before[field])
          }
        },
      ),
      { numRuns: 2000 },
    )
  })
})
