/** Where conversations wait, and how it chooses who is served by whom. */
import type { SkillRequirement } from './conversation.ts'

/**
 * longestIdle: even distribution; leastLoaded: fewest conversations at the moment;
 * highestSkill: the able do more (S90); all take urgency and waiting time of the visitor first.
 */
export type Strategy = 'longestIdle' | 'leastLoaded' | 'highestSkill'

export interface Queue {
  _id: string
  name: { zh: string; en: string }
  strategy: Strategy
  /** priority of a conversation that brings none; 0 most urgent … 9 least */
  defaultPriority: number
  skills: SkillRequirement[]
  /** how long an agent may think before the offer rolls on */
  offerTimeoutMs: number
  /** how long an agent that declined or let it lapse is passed over */
  passOverMs: number
  /** how long only the preferred (last, asked-for) agent is considered */
  preferredMs: number
  /** waiting this long equals one step of priority, so nobody starves */
  ageingMs: number
  wrapUpMs: number
  /** after this the flow goes on at its `timeout` exit; 0 = never */
  maxWaitMs: number
  /** seconds of waiting after which the desk shows the conversation amber, then red */
  warnAfterMs: number
  alarmAfterMs: number
  scheduleId?: string
  enabled: boolean
  /** how callers are kept company while they wait */
  voice?: QueueVoice
  version: number
}

/** What is not set is as it comes along: position and wait announced every 30 s over the house's music. */
export interface QueueVoice {
  /** from one announcement to the next */
  announceEverySeconds?: number
  announcePosition?: boolean
  /** the estimated wait, where there is one */
  announceWait?: boolean
  /** an uploaded audio file (blobId); goes before `tune` */
  music?: string
  /** hold music of gateway/prompts, by its id */
  tune?: string
}
