import type { Queue } from '../domain/queue.ts'

/** Someone waits in a queue no one has configured (any more): serve them by plain rules rather than never. */
export const plainQueue = (queueId: string): Queue => ({
  _id: queueId,
  name: { zh: queueId, en: queueId },
  strategy: 'longestIdle',
  defaultPriority: 5,
  skills: [],
  offerTimeoutMs: 20_000,
  passOverMs: 60_000,
  preferredMs: 0,
  ageingMs: 60_000,
  wrapUpMs: 0,
  maxWaitMs: 0,
  warnAfterMs: 60_000,
  alarmAfterMs: 180_000,
  enabled: true,
  version: 0,
})
