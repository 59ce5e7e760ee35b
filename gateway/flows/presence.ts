/** Who has which flow open. In memory of every node, told over the bus; who falls silent is forgotten. */
import type { Bus } from '../bus/bus.ts'

/** The editor tells of itself every 10 s; three of those lost, and it is gone. */
export const PRESENT_MS = 30_000

export interface Present {
  name: string
  /** since when, epoch milliseconds */
  sinceMs: number
}

interface Seen extends Present {
  atMs: number
}

export class Presence {
  private readonly byFlow = new Map<string, Map<string, Seen>>()
  private readonly bus: Bus
  private readonly now: () => number

  constructor(bus: Bus, now: () => number) {
    this.bus = bus
    this.now = now
    bus.subscribe('flowPresence', ({ flowId, staffId, name, gone }) => {
      if (gone) this.byFlow.get(flowId)?.delete(staffId)
      else this.note(flowId, staffId, name)
    })
  }

  /** @returns the others who have it open, who came first ahead */
  beat(flowId: string, staffId: string, name: string): Present[] {
    this.bus.publish('flowPresence', { flowId, staffId, name })
    return this.others(flowId, staffId)
  }

  leave(flowId: string, staffId: string): void {
    this.bus.publish('flowPresence', { flowId, staffId, name: '', gone: true })
  }

  /** @param except does not count */
  others(flowId: string, except?: string): Present[] {
    const seen = this.byFlow.get(flowId)
    if (!seen) return []
    const oldest = this.now() - PRESENT_MS
    for (const [staffId, { atMs }] of seen) if (atMs < oldest) seen.delete(staffId)
    if (seen.size === 0) this.byFlow.delete(flowId)
    return [...seen]
      .filter(([staffId]) => staffId !== except)
      .map(([, { name, sinceMs }]) => ({ name, sinceMs }))
      .sort((a, b) => a.sinceMs - b.sinceMs)
  }

  private note(flowId: string, staffId: string, name: string): void {
    const seen = this.byFlow.get(flowId) ?? new Map<string, Seen>()
    this.byFlow.set(flowId, seen)
    const before = seen.get(staffId)
    const atMs = this.now()
    const isStill = before && before.atMs >= atMs - PRESENT_MS
    seen.set(staffId, { name, sinceMs: isStill ? before.sinceMs : atMs, atMs })
  }
}
