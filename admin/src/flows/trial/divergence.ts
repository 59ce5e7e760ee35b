/** Where a replayed conversation would go otherwise. */
import type { RecordedView } from '../../../../gateway/trials/schema.ts'
import type { Moment } from './run.ts'

export interface Compared {
  /** first moment whose way differs */
  way?: number
  /** first moment in which other words are said */
  words?: number
}

export function compareRuns(then: readonly Moment[], now: readonly Moment[]): Compared {
  const length = Math.max(then.length, now.length)
  const result: Compared = {}
  for (let at = 0; at < length; at++) {
    if (result.way === undefined && wayText(then[at]) !== wayText(now[at])) result.way = at
    if (result.words === undefined && saidText(then[at]) !== saidText(now[at])) result.words = at
  }
  return result
}

/**
 * First moment that the version of that day, run again, does not repeat: the world (data, hours, services) answered
 * otherwise then, and what comes after need not be what happened.
 */
export function strayed(
  then: readonly Moment[],
  { turns, masked }: RecordedView,
): number | undefined {
  const at = turns.findIndex(({ said }, index) => {
    const moment = then[index]
    if (!moment || said.length === 0) return false
    const blocks = new Set(moment.said.map(({ block }) => block))
    if (said.some(({ block }) => !blocks.has(block))) return true
    if (masked) return false
    const words = moment.said.map(({ text }) => text).join('\n')
    return said.some(({ text }) => !words.includes(text))
  })
  return at < 0 ? undefined : at
}

const wayText = (moment: Moment | undefined): string =>
  (moment?.way ?? []).map(({ flow, block, port }) => `${flow}:${block}.${port ?? ''}`).join(' ')

const saidText = (moment: Moment | undefined): string =>
  (moment?.said ?? []).map(({ text, speak }) => `${text}\n${speak ?? ''}`).join('\n')
