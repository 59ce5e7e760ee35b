import type { QueueCard } from '../../../gateway/desk/protocol.ts'
import { pressure } from '../desk/inbox/sections.ts'
import type { Pressure } from '../desk/inbox/sections.ts'
import { longestWait } from './figures.ts'

const rank: readonly Pressure[] = ['calm', 'warn', 'alarm']

/** How pressing the worst queue is, each by its own thresholds. */
export function worstPressure(queues: QueueCard[], elapsedMs: number): Pressure {
  return queues
    .map((queue) => pressure(longestWait(queue, elapsedMs), queue))
    .reduce((worst, one) => (rank.indexOf(one) > rank.indexOf(worst) ? one : worst), 'calm')
}
