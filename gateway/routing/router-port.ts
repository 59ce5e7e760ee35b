/** The router's two doors: the store it writes offers through, and the changes it tells. */
import type { Decision } from './decision.ts'

export interface OfferPort {
  /** One conditional write: the conversation must still wait. 'gone' when it left the queue or changed meanwhile. */
  offer(decision: Decision, expiresAtMs: number): Promise<'offered' | 'gone'>
  /** The offer lapsed: put back with the agent passed over. 'gone' if it was answered meanwhile. */
  lapse(conversationId: string, offerId: string, passOverMs: number): Promise<'released' | 'gone'>
  /** waited longer than maxWaitMs */
  waitedTooLong(conversationId: string): Promise<void>
}

export type RouterChange =
  | { type: 'enqueued' | 'updated' | 'left' | 'accepted'; conversationId: string; queueId: string }
  | {
      type: 'offered'
      conversationId: string
      queueId: string
      decision: Decision
      expiresAtMs: number
    }
  | {
      type: 'released'
      conversationId: string
      queueId: string
      agentId: string
      why: ReleaseReason
    }

/** changed: the request became another one while it rang; failed: the store did not answer. */
export type ReleaseReason = 'declined' | 'agentGone' | 'lapsed' | 'changed' | 'failed'

/** First pause after a write that failed, doubled each time up to the longest. */
const BACK_OFF_MS = 250
const LONGEST_BACK_OFF_MS = 30_000

export const backOffMs = (failures: number): number =>
  Math.min(LONGEST_BACK_OFF_MS, BACK_OFF_MS * 2 ** Math.max(0, failures - 1))

/**
 * The store says an offer is over and the desk has not said how: so long the agent is kept from the
 * next offer and the conversation from the next agent, as the desk's word follows its own write.
 */
export const ANSWER_GRACE_MS = 2_000
