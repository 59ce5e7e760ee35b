/**
 * The life of a conversation as a pure reducer: bot → queued → offered → agent → wrapUp → closed,
 * and back to the bot. Events that do not fit the state are refused with a code of the error table.
 */
import type { ErrorCode } from '../errors.ts'
import type {
  CloseReason,
  Conversation,
  ConversationState,
  Offer,
  SkillRequirement,
  Waiting,
} from './conversation.ts'
import type { EventName } from './message.ts'

export type LifeEvent =
  | {
      type: 'handoff'
      queueId: string
      priority: number
      skills: SkillRequirement[]
      reason: Waiting['reason']
      preferredAgentId?: string
      note?: string
      /** waiting since then; default: since now */
      enqueuedAt?: Date
    }
  | { type: 'offer'; offer: Offer }
  | { type: 'accept'; offerId: string; agentId: string }
  | {
      type: 'release'
      offerId: string
      why: 'declined' | 'expired' | 'agentGone'
      passOverMs: number
    }
  | {
      type: 'transfer'
      agentId: string
      queueId: string
      priority: number
      skills: SkillRequirement[]
      toAgentId?: string
      note?: string
    }
  | { type: 'agentGone'; agentId: string; queueId: string }
  | { type: 'takeOver'; agentId: string }
  | { type: 'handBack'; agentId: string }
  | { type: 'finish'; agentId: string; wrapUpMs: number }
  | { type: 'wrapUpDone'; code?: string }
  | { type: 'flowEnded' }
  | { type: 'abandon' }
  | { type: 'close'; reason: CloseReason }

/** Told to the timeline as an event message. */
export interface Notice {
  name: EventName
  data: Record<string, unknown>
}

export type Reduced =
  { ok: true; next: Conversation; notices: Notice[] } | { ok: false; code: ErrorCode }

const refuse = (code: ErrorCode): Reduced => ({ ok: false, code })

/** Which states each event may come in. One table, so that the whole life can be read at a glance. */
export const allowedIn: Record<LifeEvent['type'], readonly ConversationState[]> = {
  handoff: ['bot', 'queued', 'offered', 'wrapUp'],
  offer: ['queued'],
  accept: ['offered'],
  release: ['offered'],
  transfer: ['agent'],
  agentGone: ['agent'],
  takeOver: ['bot', 'queued', 'offered', 'agent', 'wrapUp'],
  handBack: ['agent'],
  finish: ['agent'],
  wrapUpDone: ['wrapUp', 'bot', 'queued', 'offered', 'agent', 'closed'],
  flowEnded: ['bot', 'wrapUp'],
  abandon: ['queued', 'offered'],
  close: ['bot', 'queued', 'offered', 'agent', 'wrapUp'],
}

export function reduce(conversation: Conversation, event: LifeEvent, nowMs: number): Reduced {
  const now = new Date(nowMs)
  if (!allowedIn[event.type].includes(conversation.state)) return refuse(refusalOf(event))
  const next: Conversation = { ...conversation, lastActivityAt: now }
  const done = (name: EventName, data: Record<string, unknown> = {}): Reduced => ({
    ok: true,
    next,
    notices: [{ name, data }],
  })

  switch (event.type) {
    case 'handoff': {
      const emergency = event.reason === 'emergency'
      if (conversation.state === 'queued' || conversation.state === 'offered') {
        // asked again while waiting: only urgency may change, the place in the queue is kept
        if (!emergency || conversation.emergency)
          return { ok: true, next: conversation, notices: [] }
      }
      enqueue(next, event, conversation.waiting?.enqueuedAt ?? event.enqueuedAt ?? now)
      next.emergency ||= emergency
      return done('queued', {
        queueId: event.queueId,
        priority: event.priority,
        reason: event.reason,
      })
    }
    case 'offer':
      next.state = 'offered'
      next.offer = event.offer
      return { ok: true, next, notices: [] }
    case 'accept': {
      const { offer } = conversation
      if (offer?.id !== event.offerId || offer.agentId !== event.agentId)
        return refuse('OFFER_GONE')
      serve(next, event.agentId, now)
      return done('accepted', { agentId: event.agentId })
    }
    case 'release': {
      const { offer } = conversation
      if (offer?.id !== event.offerId) return refuse('OFFER_GONE')
      next.state = 'queued'
      delete next.offer
      next.passedOver = [
        ...conversation.passedOver.filter((p) => p.agentId !== offer.agentId && p.until > now),
        { agentId: offer.agentId, until: new Date(nowMs + event.passOverMs) },
      ]
      return { ok: true, next, notices: [] }
    }
    case 'transfer':
      if (conversation.agentId !== event.agentId) return refuse('NOT_YOURS')
      leaveAgent(next)
      enqueue(
        next,
        {
          ...event,
          reason: 'transfer',
          ...(event.toAgentId && { preferredAgentId: event.toAgentId }),
        },
        now,
      )
      if (event.toAgentId !== event.agentId)
        next.passedOver = [{ agentId: event.agentId, until: new Date(nowMs + TRANSFER_COOL_MS) }]
      return done('transferred', {
        byAgentId: event.agentId,
        queueId: event.queueId,
        ...(event.toAgentId && { toAgentId: event.toAgentId }),
        ...(event.note && { note: event.note }),
      })
    case 'agentGone':
      if (conversation.agentId !== event.agentId) return refuse('NOT_YOURS')
      leaveAgent(next)
      enqueue(
        next,
        { queueId: event.queueId, priority: GONE_PRIORITY, skills: [], reason: 'agentGone' },
        now,
      )
      return done('queued', {
        queueId: event.queueId,
        priority: GONE_PRIORITY,
        reason: 'agentGone',
      })
    case 'takeOver':
      if (conversation.agentId === event.agentId)
        return { ok: true, next: conversation, notices: [] }
      leaveAgent(next)
      serve(next, event.agentId, now)
      return done('takenOver', {
        agentId: event.agentId,
        ...(conversation.agentId && { fromAgentId: conversation.agentId }),
      })
    case 'handBack':
      if (conversation.agentId !== event.agentId) return refuse('NOT_YOURS')
      leaveAgent(next)
      next.state = 'bot'
      return done('handedBack', { agentId: event.agentId })
    case 'finish':
      if (conversation.agentId !== event.agentId) return refuse('NOT_YOURS')
      leaveAgent(next)
      next.state = 'wrapUp'
      next.wrapUp = {
        agentId: event.agentId,
        startedAt: now,
        endsAt: new Date(nowMs + event.wrapUpMs),
      }
      return done('finished', { agentId: event.agentId })
    case 'wrapUpDone': {
      const { wrapUp } = conversation
      if (!wrapUp) return refuse('WRONG_STATE')
      delete next.wrapUp
      if (event.code) next.wrapUpCode = event.code
      // a survey may still run: its end, or the idle time, closes the conversation then
      if (next.state === 'wrapUp') {
        if (conversation.flowEnded) close(next, 'finished', now)
        else next.state = 'bot'
      }
      return done('wrapUpDone', {
        agentId: wrapUp.agentId,
        ...(event.code && { code: event.code }),
      })
    }
    case 'flowEnded':
      // the agent is still writing up: the conversation closes when that is done
      if (conversation.state === 'wrapUp')
        return { ok: true, next: { ...conversation, flowEnded: true }, notices: [] }
      close(next, conversation.lastAgentId ? 'finished' : 'flowEnded', now)
      return done('closed', { reason: next.closeReason })
    case 'abandon':
      dropWaiting(next)
      next.state = 'bot'
      return done('abandoned', {
        waitedMs: nowMs - (conversation.waiting?.enqueuedAt.getTime() ?? nowMs),
      })
    case 'close':
      dropWaiting(next)
      leaveAgent(next)
      close(next, event.reason, now)
      return done('closed', { reason: event.reason })
  }
}

/** Someone who just passed a conversation on should not be offered it back at once. */
const TRANSFER_COOL_MS = 60_000
/** A visitor whose agent vanished goes before ordinary callers (5) but after emergencies (0). */
const GONE_PRIORITY = 2

function refusalOf(event: LifeEvent): ErrorCode {
  if (event.type === 'accept' || event.type === 'release') return 'OFFER_GONE'
  if (['transfer', 'handBack', 'finish'].includes(event.type)) return 'NOT_YOURS'
  return 'WRONG_STATE'
}

function enqueue(next: Conversation, to: Omit<Waiting, 'enqueuedAt'>, enqueuedAt: Date): void {
  delete next.offer
  delete next.flowEnded
  next.state = 'queued'
  next.passedOver = []
  next.firstQueuedAt ??= enqueuedAt
  next.queueId = to.queueId
  // a cry for help stays one, whoever passes it on
  const emergency = next.emergency || to.reason === 'emergency'
  next.waiting = {
    queueId: to.queueId,
    priority: emergency ? 0 : to.priority,
    skills: to.skills,
    reason: emergency ? 'emergency' : to.reason,
    enqueuedAt,
    ...(to.preferredAgentId && { preferredAgentId: to.preferredAgentId }),
    ...(to.note && { note: to.note }),
  }
}

function serve(next: Conversation, agentId: string, now: Date): void {
  dropWaiting(next)
  delete next.flowEnded
  next.state = 'agent'
  next.agentId = agentId
  next.lastAgentId = agentId
  next.firstAcceptedAt ??= now
}

function leaveAgent(next: Conversation): void {
  delete next.agentId
}

function dropWaiting(next: Conversation): void {
  delete next.waiting
  delete next.offer
  next.passedOver = []
}

function close(next: Conversation, reason: CloseReason, now: Date): void {
  next.state = 'closed'
  next.closedAt = now
  next.closeReason = reason
  delete next.openKeys
  delete next.idleAt
}
