import type { Clock, Timer } from '../timing/clock.ts'
import { lifeOf, type SipTimers } from '../timing/sip-timers.ts'
import type { Action, Event, State, StateTable, TimerName } from './state-table.ts'

/** What a machine does to the world; everything else is in the table. */
export type Effects = Record<
  'deliver' | 'resend' | 'send' | 'ack' | 'timeout' | 'unreachable' | 'terminated',
  () => void
>

/** Only these are started over TCP and TLS: nothing is repeated there and nothing straggles. */
const RELIABLE = new Set<TimerName>(['B', 'F', 'H', 'L', 'M'])

/** Runs one of the four tables with its timers. */
export class Machine {
  state: State
  readonly #table: StateTable
  readonly #clock: Clock
  readonly #timers: SipTimers
  readonly #reliable: boolean
  readonly #effects: Effects
  readonly #running = new Map<TimerName, Timer>()
  #interval = 0
  #ended = false

  constructor(
    table: StateTable,
    options: { clock: Clock; timers: SipTimers; reliable: boolean; effects: Effects },
  ) {
    this.#table = table
    this.#clock = options.clock
    this.#timers = options.timers
    this.#reliable = options.reliable
    this.#effects = options.effects
    this.state = table.first
  }

  start(): void {
    for (const action of this.#table.start) this.#do(action)
  }

  /** @returns false when the state has no use for the event */
  on(event: Event): boolean {
    const step = this.#table.rows[this.state]?.[event]
    if (!step) return false
    const [next] = step
    this.state = next
    for (let i = 1; i < step.length; i++) this.#do(step[i] as Action)
    if (next === 'terminated') this.end()
    return true
  }

  /** Stops every timer; `terminated` is said once. */
  end(): void {
    this.state = 'terminated'
    for (const timer of this.#running.values()) timer.cancel()
    this.#running.clear()
    if (this.#ended) return
    this.#ended = true
    this.#effects.terminated()
  }

  #do(action: Action): void {
    if (action.startsWith('start')) return this.#startTimer(action.slice(5) as TimerName)
    if (action.startsWith('stop')) return this.#stopTimer(action.slice(4) as TimerName)
    if (action.startsWith('again')) return this.#again(action.slice(5) as TimerName)
    this.#effects[action as keyof Effects]()
  }

  #startTimer(name: TimerName): void {
    const { t1, t4 } = this.#timers
    if (this.#reliable && !RELIABLE.has(name)) {
      // zero-length D, I, J, K end the transaction now; A, E, G never run (RFC 3261 table 4)
      if (name === 'D' || name === 'I' || name === 'J' || name === 'K') this.#fire(name)
      return
    }
    if (name === 'A' || name === 'E' || name === 'G') {
      this.#interval = t1
      return this.#arm(name, t1)
    }
    // D is "at least 32 s" because the other end's H is 64·T1 by its own clock (§17.1.1.2)
    this.#arm(name, name === 'I' || name === 'K' ? t4 : lifeOf(this.#timers))
  }

  #again(name: TimerName): void {
    if (this.#reliable) return
    this.#interval *= 2
    // A has no ceiling, E and G stop growing at T2; E is T2 at once after a 1xx (§17.1.2.2)
    if (name === 'E' && this.state === 'proceeding') this.#interval = this.#timers.t2
    if (name !== 'A') this.#interval = Math.min(this.#interval, this.#timers.t2)
    this.#arm(name, this.#interval)
  }

  #arm(name: TimerName, ms: number): void {
    this.#running.get(name)?.cancel()
    this.#running.set(
      name,
      this.#clock.after(ms, () => this.#fire(name)),
    )
  }

  #fire(name: TimerName): void {
    this.#running.delete(name)
    this.on(`timer${name}`)
  }

  #stopTimer(name: TimerName): void {
    this.#running.get(name)?.cancel()
    this.#running.delete(name)
  }
}
