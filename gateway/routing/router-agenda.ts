/**
 * All appointments of one router behind one timer. What falls due at the same moment happens together,
 * before any pair is made: with a timer each, the first to fire would take the agent, not the most urgent.
 */
import { Ordered } from './ordered.ts'
import type { RouterClock } from './router-clock.ts'

interface Appointment {
  atMs: number
  order: number
  fn: () => void
}

export class Agenda {
  readonly #clock: RouterClock
  readonly #due = new Ordered<Appointment>((a, b) => a.atMs - b.atMs || a.order - b.order)
  #made = 0
  #armedMs = Infinity
  #disarm: () => void = () => undefined

  constructor(clock: RouterClock) {
    this.#clock = clock
  }

  /** Calls `fn` at `atMs`, or as soon after as possible. Returns a function that cancels. */
  at(atMs: number, fn: () => void): () => void {
    const appointment = { atMs, order: this.#made++, fn }
    this.#due.add(appointment)
    this.#arm()
    return () => {
      // the timer stays where it is while others are due: to fire for nothing costs less than to re-arm
      if (this.#due.remove(appointment) && this.#due.size === 0) this.#arm()
    }
  }

  stop(): void {
    while (this.#due.shift());
    this.#arm()
  }

  #arm(): void {
    const atMs = this.#due.at(0)?.atMs ?? Infinity
    if (atMs === Infinity) this.#disarm()
    else if (atMs >= this.#armedMs) return
    else {
      this.#disarm()
      this.#disarm = this.#clock.setTimer(atMs, () => this.#fire())
    }
    this.#armedMs = atMs
  }

  #fire(): void {
    const now = this.#clock.now()
    this.#armedMs = Infinity
    for (let next = this.#due.at(0); next && next.atMs <= now; next = this.#due.at(0)) {
      this.#due.shift()
      next.fn()
    }
    this.#arm()
  }
}
