import type { Overlay } from '../editor/flow-editor.ts'
import { exitKey } from '../canvas/graph.ts'
import type { Moment, Step } from './run.ts'

/** The way through one flow, as the canvas lights it up. */
export function wayOverlay(moments: readonly Moment[], flow: string): Overlay {
  const steps = moments.flatMap(({ way }) => way)
  const now = moments.at(-1)
  const at = now && standsIn(now, flow)
  return {
    kind: 'path',
    ...overlaySets(steps.filter((step) => step.flow === flow)),
    ...(at !== undefined && { at }),
  }
}

export function overlaySets(steps: readonly Step[]): {
  blocks: Set<string>
  exits: Set<string>
} {
  return {
    blocks: new Set(steps.map(({ block }) => block)),
    exits: new Set(
      steps.flatMap(({ block, port }) => (port === undefined ? [] : [exitKey(block, port)])),
    ),
  }
}

/** Within a flow called from here it stands on the block that called. */
function standsIn({ state }: Moment, flow: string): string | undefined {
  if (state.status === 'ended') return undefined
  const frame = state.frames.find((each) => each.flow === flow)
  return frame?.block
}
