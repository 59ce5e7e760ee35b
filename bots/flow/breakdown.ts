import { handoverApology, lostApology } from './apology.ts'
import { compileFlow } from './compiled.ts'
import { handoffContext } from './handoff-context.ts'
import type { Turn } from './turn.ts'

/** The block we stood on is gone (forced migration): start again, and say so. */
export function lost(turn: Turn): void {
  turn.track('lost')
  const { doc } = turn
  // twice in one turn: the start of the flow itself leads into the void
  if (turn.wasLost || !doc || !Object.hasOwn(doc.blocks, doc.entry)) return handOver(turn, 'broken')
  turn.wasLost = true
  turn.say(lostApology)
  turn.jump(doc.entry)
}

/** Nothing else works: a person takes over. */
export function handOver(turn: Turn, why: string): void {
  const { state, frame, doc } = turn
  turn.track(why)
  turn.say(doc?.apology ?? handoverApology)
  turn.queue({
    fx: 'handoff',
    block: frame.block,
    queue: doc ? compileFlow(doc).fallbackQueue : 'default',
    context: handoffContext(turn),
    ...(state.emergency === undefined ? {} : { priority: state.emergency, emergency: true }),
  })
}
