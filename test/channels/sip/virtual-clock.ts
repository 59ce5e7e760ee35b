import type { Clock, Timer } from '../../../channels/sip/timing/clock.ts'

/** A clock that stands still until it is told how much time passes. Sockets stay real. */
export class VirtualClock implements Clock {
  #now = 1_900_000_000_000
  #next = 0
  readonly #timers = new Map<number, { at: number; run: () => void }>()

  now(): number {
    return this.#now
  }

  after(ms: number, run: () => void): Timer {
    const id = this.#next++
    this.#timers.set(id, { at: this.#now + ms, run })
    return { cancel: () => void this.#timers.delete(id) }
  }

  get running(): number {
    return this.#timers.size
  }

  /** Lets time pass; timers run in order, also those that others start meanwhile. */
  advance(ms: number): void {
    const until = this.#now + ms
    for (;;) {
      let first: [number, { at: number; run: () => void }] | undefined
      for (const entry of this.#timers)
        if (entry[1].at <= until && (!first || entry[1].at < first[1].at)) first = entry
      if (!first) break
      this.#timers.delete(first[0])
      this.#now = Math.max(this.#now, first[1].at)
      first[1].run()
    }
    this.#now = until
  }
}
