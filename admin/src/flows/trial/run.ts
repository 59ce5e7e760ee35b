/** A trial from the first moment to the last input, on the very engine that serves callers. */
import type { TestInput } from '../../../../bots/flow/flow-test.ts'
import type { FlowDoc } from '../../../../bots/flow/schema.ts'
import { Simulation } from '../../../../bots/flow/simulate.ts'
import type { Asked } from '../../../../bots/flow/simulate.ts'
import type { Effect, EffectOf, FlowState } from '../../../../bots/flow/state.ts'
import { toInput } from '../../../../bots/flow/test-input.ts'
import type { Setup } from './setup.ts'
import type { World } from './world.ts'

/** One step of the way: a block entered, or an exit taken. */
export interface Step {
  flow: string
  block: string
  port?: string
}

/** What came of one input. */
export interface Moment {
  /** absent: the flow began */
  input?: TestInput
  nowMs: number
  effects: readonly Effect[]
  said: readonly EffectOf<'say'>[]
  asked: readonly Asked[]
  way: readonly Step[]
  state: FlowState
  /** where it waits now */
  at: Step | undefined
}

export interface RunOptions {
  doc: FlowDoc
  setup: Setup
  inputs: readonly TestInput[]
  others: readonly FlowDoc[]
  world?: World
  /** of a conversation that is replayed: did it wait in a queue after this input? Else the queue was closed. */
  queued?: readonly boolean[]
  /** the run is not wanted any more */
  stale?: () => boolean
}

export async function runTrial(options: RunOptions): Promise<Moment[]> {
  const { doc, setup, inputs, others, world, queued, stale } = options
  const simulation = new Simulation(
    doc,
    {
      ...setup,
      ...(world && { hours: world.hours, services: (call) => world.ask(call) }),
    },
    others,
  )
  const moments: Moment[] = []
  const feed = async (input?: TestInput): Promise<void> => {
    simulation.nowMs += input?.afterMs ?? 0
    await simulation.feedLive(input ? toInput(input, setup.channel) : { in: 'start' })
    const moment = momentOf(simulation, input)
    const { status, accepted } = simulation.state
    if (queued?.[moments.length] === false && status === 'queued' && !accepted) {
      await simulation.feedLive({
        in: 'event',
        name: 'handoff.status',
        data: { status: 'closed' },
      })
      moments.push(joined(moment, momentOf(simulation, input)))
    } else moments.push(moment)
  }
  await feed()
  for (const input of inputs) {
    if (stale?.()) return moments
    await feed(input)
  }
  return moments
}

function momentOf(simulation: Simulation, input: TestInput | undefined): Moment {
  const { effects, asked, state, nowMs } = simulation
  const top = state.frames.at(-1)
  const block = state.wait?.block ?? top?.block
  return {
    ...(input && { input }),
    nowMs,
    effects,
    asked,
    state,
    said: effects.filter((effect) => effect.fx === 'say'),
    way: effects.flatMap(stepOf),
    at: top && block !== undefined ? { flow: top.flow, block } : undefined,
  }
}

function stepOf(effect: Effect): Step[] {
  if (effect.fx !== 'track') return []
  const { flow, block, port } = effect
  if (effect.event === 'enter') return [{ flow, block }]
  return effect.event === 'exit' && port !== undefined ? [{ flow, block, port }] : []
}

const joined = (first: Moment, second: Moment): Moment => ({
  ...second,
  effects: [...first.effects, ...second.effects],
  said: [...first.said, ...second.said],
  asked: [...first.asked, ...second.asked],
  way: [...first.way, ...second.way],
})
