import type { TestInput } from '../../../../bots/flow/flow-test.ts'
import type { RecordedView } from '../../../../gateway/trials/schema.ts'
import { isoAt } from './clock.ts'
import type { Trial } from './setup.ts'

export interface PastTrial extends Trial {
  /** per moment: it waited in a queue */
  queued: boolean[]
}

/** A stored conversation as a trial: the same person, at the same time of the same day, doing the same. */
export function pastTrial(recorded: RecordedView, timezone: string): PastTrial {
  const { channel, lang, atMs, call, contact, turns } = recorded
  let beforeMs = atMs
  const inputs = turns.flatMap(({ input, atMs: nowMs }): TestInput[] => {
    if (!input) return []
    const afterMs = Math.max(0, nowMs - beforeMs)
    beforeMs = nowMs
    return [{ ...input, ...(afterMs > 0 && { afterMs }) }]
  })
  return {
    setup: {
      channel,
      lang,
      at: isoAt(atMs, timezone),
      call: {
        ...(call?.caller !== undefined && { caller: call.caller }),
        ...(call?.called !== undefined && { called: call.called }),
      },
      contact,
      vars: {},
      stubs: {},
    },
    inputs,
    queued: turns.map(({ queued }) => queued),
  }
}
