/** What is tried in each flow outlives a change of tabs and of blocks. */
import { useSyncExternalStore } from 'react'
import type { TestInput } from '../../../../bots/flow/flow-test.ts'
import type { Setup } from './setup.ts'

export interface Kept {
  setup: Setup
  /** what was done so far; the flow is run again from the start at every change */
  inputs: readonly TestInput[]
  /** per moment, of a replayed conversation: it waited in a queue */
  queued?: readonly boolean[]
}

const all = new Map<string, Kept>()
const listeners = new Set<() => void>()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

export function useKept(
  flowId: string,
  initial: () => Setup,
): [Kept, (change: (kept: Kept) => Kept) => void] {
  const read = () => {
    const known = all.get(flowId)
    if (known) return known
    const fresh: Kept = { setup: initial(), inputs: [] }
    all.set(flowId, fresh)
    return fresh
  }
  const kept = useSyncExternalStore(subscribe, read)
  return [
    kept,
    (change) => {
      all.set(flowId, change(read()))
      for (const listener of listeners) listener()
    },
  ]
}
