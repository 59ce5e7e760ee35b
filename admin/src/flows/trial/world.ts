/** The world as it is: schedules, knowledge and data of the server, each asked once, so that a trial can be run again. */
import type { ServiceCall } from '../../../../bots/flow/state.ts'
import type { HoursState } from '../../../../bots/flow/simulate.ts'
import { canonicalJson } from '../../../../bots/flow/versions.ts'
import type { Schedule } from '../../../../gateway/domain/schedule.ts'
import { hoursState } from '../../../../gateway/routing/hours.ts'

export interface World {
  hours(scheduleId: string, atMs: number): HoursState | undefined
  /** undefined: nothing real answers this, the simulation makes something up */
  ask(call: ServiceCall): Promise<unknown> | undefined
}

export type AskBody = Record<string, unknown>

/** @param ask the server's answer to `POST /trials/ask` */
export function createWorld(
  schedules: readonly (Omit<Schedule, '_id'> & { id: string })[],
  ask: (body: AskBody) => Promise<unknown>,
): World {
  const byId = new Map(schedules.map(({ id, ...rest }) => [id, { ...rest, _id: id } as Schedule]))
  const known = new Map<string, Promise<unknown>>()
  return {
    hours(id, atMs) {
      const schedule = byId.get(id)
      return schedule && hoursState(schedule, atMs)
    },
    ask(call) {
      const body = bodyOf(call)
      if (!body) return undefined
      const key = canonicalJson(body)
      const before = known.get(key)
      if (before) return before
      const answer = ask(body)
      known.set(key, answer)
      // what failed may work the next time
      answer.catch(() => known.delete(key))
      return answer
    },
  }
}

/** What may be asked without leaving a trace; tickets, codes and coded dialogs may not. */
function bodyOf(call: ServiceCall): AskBody | undefined {
  const { kind, lang } = call
  switch (kind) {
    case 'faq':
      return { kind, lang, knowledgeBase: call.knowledgeBase, text: call.text, top: call.top }
    case 'intent':
      return { kind, lang, classifier: call.classifier, text: call.text, top: call.top }
    case 'query':
      return { kind, lang, source: call.source, params: call.params, timeoutMs: call.timeoutMs }
    default:
      return undefined
  }
}
