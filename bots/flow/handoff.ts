import { handoffContext } from './handoff-context.ts'
import type { EffectOf } from './state.ts'
import type { Turn } from './turn.ts'

interface ToPeople {
  queue: string
  priority?: number
  skills?: string[]
  attach?: string[]
  maxWaitSeconds?: number
  emergency?: boolean
}

/** The hand-off a block asks for, more urgent if there is an emergency. */
export function handoffOf(block: ToPeople, turn: Turn): EffectOf<'handoff'> {
  const { emergency: alarm } = turn.state
  const priorities = [block.priority, alarm].filter((each) => each !== undefined)
  const emergency = block.emergency === true || alarm !== undefined
  return {
    fx: 'handoff',
    block: turn.frame.block,
    queue: block.queue,
    context: handoffContext(turn, block.attach),
    ...(block.skills ? { skills: block.skills } : {}),
    ...(block.maxWaitSeconds ? { maxWaitMs: block.maxWaitSeconds * 1000 } : {}),
    ...(priorities.length > 0 ? { priority: Math.min(...priorities) } : {}),
    ...(emergency ? { emergency: true } : {}),
  }
}
