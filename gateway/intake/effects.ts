/** What a bot's turn means for the conversation: pure, from effects to the next state and its messages. */
import type { Effect } from '../../bots/flow/state.ts'
import type { Expecting, Leg } from '../domain/conversation.ts'
import { newId } from '../store/id.ts'
import type { Queue } from '../domain/queue.ts'
import type { Part, Spoken } from '../domain/message.ts'
import type { LifeEvent, Notice } from '../domain/life-cycle.ts'
import { reduce } from '../domain/life-cycle.ts'
import type { Change, Draft } from './conversations.ts'

/** Contexts are shown to agents; more than this is a mistake in a flow. */
const MAX_CONTEXT_KEYS = 50

/** An event line in the timeline, seen by staff. */
export function noticeDraft(notice: Notice): Draft {
  return {
    direction: 'internal',
    author: { kind: 'system', id: 'yilu' },
    parts: [{ type: 'event', name: notice.name, data: notice.data }],
  }
}

/** Applies a life event; a refused one (it no longer fits the state) leaves everything as it is. */
export function applyEvent(change: Change, event: LifeEvent, nowMs: number): boolean {
  const reduced = reduce(change.next, event, nowMs)
  if (!reduced.ok) return false
  change.next = reduced.next
  change.drafts.push(...reduced.notices.map(noticeDraft))
  return true
}

export function sayDraft(effect: Extract<Effect, { fx: 'say' }>, leg: Leg): Draft | undefined {
  const parts: Part[] = []
  if (effect.text.trim()) parts.push({ type: 'text', text: effect.text })
  for (const card of effect.cards ?? []) {
    parts.push({
      type: 'card',
      title: card.title,
      ...(card.text && { text: card.text }),
      ...(card.image && { image: card.image }),
      ...(card.url && { url: card.url }),
    })
  }
  if (effect.choices?.length)
    parts.push({
      type: 'quickReplies',
      replies: effect.choices.map((choice) => ({ ...choice, id: `${effect.block}/${choice.id}` })),
    })
  if (!parts.length) return undefined
  return {
    direction: 'out',
    legId: leg.id,
    author: { kind: 'bot', id: effect.block },
    parts,
    lang: effect.lang,
    ...(leg.channel === 'voice' && { spoken: spokenOf(effect) }),
  }
}

function spokenOf(effect: Extract<Effect, { fx: 'say' }>): Spoken {
  const { speak, audio, personal, voice, speed } = effect
  return {
    ...(speak && { speak }),
    ...(audio && { audio }),
    ...(personal && { personal }),
    ...(voice && { voice }),
    ...(speed !== undefined && { speed }),
  }
}

/** How keys are taken where the flow does not say: one key is an answer. */
const INTER_DIGIT_MS = 3000

function listening({
  options,
  hints,
  open,
  instant,
  expects,
}: Extract<Effect, { fx: 'listen' }>): Expecting {
  const { dtmf, modes, timeoutMs, bargeIn } = options
  return {
    id: newId(),
    kind: 'answer',
    timeoutMs,
    bargeIn,
    ...(modes.includes('dtmf') && {
      keys: {
        minDigits: dtmf?.minDigits ?? 1,
        maxDigits: dtmf?.maxDigits ?? 1,
        interDigitMs: dtmf?.interDigitMs ?? INTER_DIGIT_MS,
        ...(dtmf?.endKey && { endKey: dtmf.endKey }),
        ...(instant && { instant }),
      },
    }),
    ...(modes.includes('speech') && { speech: { hints, ...(open && { open }) } }),
    ...(expects === 'queue' && { whileWaiting: true }),
  }
}

/** A tapped quick reply names the block it came with, so that one of an older message is not mistaken. */
export function choiceOf(replyId: string): { id: string; block?: string } {
  const slash = replyId.indexOf('/')
  return slash < 0
    ? { id: replyId }
    : { block: replyId.slice(0, slash), id: replyId.slice(slash + 1) }
}

/**
 * Applies the effects of a turn in their order.
 * @returns the queue that was asked for and is closed: the flow must be told, so that it can offer something else
 */
export function applyEffects(
  change: Change,
  effects: Effect[],
  leg: Leg,
  nowMs: number,
  admission: (queueId: string) => { queue: Queue | undefined; open: boolean },
): { closedQueue?: string } {
  let closedQueue: string | undefined
  for (const effect of effects) {
    switch (effect.fx) {
      case 'say': {
        const draft = sayDraft(effect, leg)
        if (draft) change.drafts.push(draft)
        break
      }
      case 'lang':
        change.next = { ...change.next, lang: effect.lang }
        break
      case 'attach':
        change.next = { ...change.next, context: merged(change.next.context, effect.vars) }
        break
      case 'handoff': {
        const { queue, open } = admission(effect.queue)
        change.next = { ...change.next, context: merged(change.next.context, effect.context) }
        // who is called back is called when somebody is there
        if (!queue || (!open && !effect.emergency && !effect.callback)) {
          closedQueue = effect.queue
          break
        }
        const { firstQueuedAt, firstAcceptedAt } = change.next
        const asked = (effect.skills ?? []).map((skill) => ({ skill, minLevel: 1 }))
        applyEvent(
          change,
          {
            type: 'handoff',
            queueId: queue._id,
            priority: effect.priority ?? queue.defaultPriority,
            skills: [...queue.skills, ...asked],
            reason: effect.emergency ? 'emergency' : 'bot',
            ...(change.next.lastAgentId && { preferredAgentId: change.next.lastAgentId }),
            // who had waited, and would rather be called, keeps the place
            ...(effect.callback &&
              firstQueuedAt &&
              !firstAcceptedAt && { enqueuedAt: firstQueuedAt }),
          },
          nowMs,
        )
        if (effect.callback)
          change.next = {
            ...change.next,
            callback: { number: effect.callback, accountId: leg.accountId },
          }
        break
      }
      case 'end':
        applyEvent(change, { type: 'flowEnded' }, nowMs)
        break
      case 'listen':
        if (leg.channel === 'voice') change.next = { ...change.next, expecting: listening(effect) }
        break
      case 'voicemail': {
        const { mailbox, maxSeconds, minSeconds } = effect
        change.next = {
          ...change.next,
          expecting: { id: newId(), kind: 'voicemail', mailbox, maxSeconds, minSeconds },
        }
        break
      }
      case 'transfer': {
        const { to, ringSeconds } = effect
        change.next = {
          ...change.next,
          expecting: { id: newId(), kind: 'transfer', to, ringSeconds },
        }
        break
      }
      // words are left before this is committed; marks are counted after it (measures/following.ts)
      case 'leave':
      case 'track':
        break
    }
  }
  return closedQueue ? { closedQueue } : {}
}

function merged(
  context: Record<string, unknown>,
  more: Record<string, unknown>,
): Record<string, unknown> {
  return Object.fromEntries(Object.entries({ ...context, ...more }).slice(-MAX_CONTEXT_KEYS))
}
