import type { Timers } from '../link/connection.ts'

/** While keys are pressed the visitor hears of it at most this often … */
const REPEAT_MS = 3000
/** … and that it ended after this long without one. */
const IDLE_MS = 5000

/** Turns key presses into few "is typing" notices. */
export class TypingNotice {
  readonly #timers: Timers
  readonly #now: () => number
  readonly #tell: (conversationId: string, on: boolean) => void
  readonly #last = new Map<string, { toldMs: number; end: unknown }>()

  constructor(
    timers: Timers,
    now: () => number,
    tell: (conversationId: string, on: boolean) => void,
  ) {
    this.#timers = timers
    this.#now = now
    this.#tell = tell
  }

  keyPressed(conversationId: string): void {
    const last = this.#last.get(conversationId)
    if (last) this.#timers.clear(last.end)
    const tell = !last || this.#now() - last.toldMs >= REPEAT_MS
    this.#last.set(conversationId, {
      toldMs: tell ? this.#now() : last.toldMs,
      end: this.#timers.set(() => this.pause(conversationId), IDLE_MS),
    })
    if (tell) this.#tell(conversationId, true)
  }

  /** Sent, emptied or stopped writing. */
  pause(conversationId: string): void {
    const last = this.#last.get(conversationId)
    if (!last) return
    this.#timers.clear(last.end)
    this.#last.delete(conversationId)
    this.#tell(conversationId, false)
  }
}
