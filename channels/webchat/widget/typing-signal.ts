/** Tells the other side that the visitor is typing: at most every 4 s, and that it stopped after 6 s. */
export const TYPING_REPEAT_MS = 4000
export const TYPING_STOPS_MS = 6000

export interface TypingSignal {
  keyPressed(): void
  /** the words were sent or wiped out */
  stopped(): void
}

export function createTypingSignal(world: {
  now(): number
  after(ms: number, run: () => void): () => void
  send(on: boolean): void
}): TypingSignal {
  let toldAtMs: number | undefined
  let cancel = () => {}

  function stopped() {
    cancel()
    if (toldAtMs === undefined) return
    toldAtMs = undefined
    world.send(false)
  }

  return {
    keyPressed() {
      if (toldAtMs === undefined || world.now() - toldAtMs >= TYPING_REPEAT_MS) {
        toldAtMs = world.now()
        world.send(true)
      }
      cancel()
      cancel = world.after(TYPING_STOPS_MS, stopped)
    },
    stopped,
  }
}
