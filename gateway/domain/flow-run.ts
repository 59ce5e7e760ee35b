/** One pass of a contact through a flow, and what happened in it that is worth counting. */

import type { Channel } from './conversation.ts'

/** A block of a version of a flow. */
export interface Place {
  flow: string
  version: number
  block: string
}

/**
 * Kept with the conversation, so that what becomes of it is counted for the version it began in, whoever ends it
 * and whatever flows it went through.
 */
export interface FlowRun {
  flow: string
  version: number
  startedAt: Date
  /** a person was asked for, or called because the flow broke */
  askedAt?: Date
  endedAt?: Date
}

/** Something to be counted, once what it happened in is committed. */
export interface Happening extends Place {
  event: string
  /** what of it: the exit, the key, the intent … */
  label?: string
  /** words that nothing matched; they are counted apart from the figures */
  words?: string
  /** where the contact was then; default where they talk now */
  channel?: Channel
  /** how much it counts, default 1 */
  amount?: number
}
