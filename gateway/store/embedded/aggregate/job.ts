import type { Step } from '../query.ts'
import { PAUSE } from '../query.ts'
import { pack, PIECE_BYTES } from './pieces.ts'

/** Why a job has to begin again: the thread was ended because of another one. */
export const INTERRUPTED = Symbol('interrupted')

/** Pieces the thread has not taken yet: so many are in memory, for one aggregation. */
const PIECES_AHEAD = 4

/** One aggregation on its way through the thread, and the place where it waits for what happens there. */
export class Job {
  readonly id: number
  ahead = 0
  enough = false
  done = false
  results: Uint8Array[] = []
  private failure: { reason: unknown } | null = null
  private wake: () => void = () => undefined

  constructor(id: number) {
    this.id = id
  }

  /** Something changed: whoever waits looks again. */
  notify(): void {
    this.wake()
  }

  fail(reason: unknown): void {
    // to begin again is no answer to what failed for good
    if (!this.failure || this.failure.reason === INTERRUPTED) this.failure = { reason }
    this.wake()
  }

  /** Wait until a condition holds; throws what the job failed with. */
  async until(holds: () => boolean): Promise<void> {
    for (;;) {
      if (this.failure) throw this.failure.reason
      if (holds()) return
      await new Promise<void>((resolve) => {
        this.wake = resolve
      })
    }
  }

  /** As it was before the thread had it. */
  reset(): void {
    if (this.failure?.reason === INTERRUPTED) this.failure = null
    Object.assign(this, { ahead: 0, enough: false, done: false, results: [] })
  }

  /** Hand over all documents of a source, letting commands in between. */
  async feed(
    source: Iterator<Step<Uint8Array>>,
    send: (piece: Uint8Array<ArrayBuffer>) => void,
  ): Promise<void> {
    for (let done = false; !done && !this.enough;) {
      const slice = nextSlice(source)
      done = slice.done
      if (slice.documents.length) {
        this.ahead++
        send(pack(slice.documents))
      }
      await new Promise((resume) => setImmediate(resume))
      await this.until(() => this.ahead < PIECES_AHEAD)
    }
  }
}

/**
 * A message needs several commands, and each may have to wait for a slice: so slices are shorter here
 * than those of a search that somebody waits for.
 */
const SLICE_MS = 1
const LOOK_EVERY = 16

function nextSlice(source: Iterator<Step<Uint8Array>>): { documents: Uint8Array[]; done: boolean } {
  const documents: Uint8Array[] = []
  const end = performance.now() + SLICE_MS
  let bytes = 0
  for (let n = 1; bytes < PIECE_BYTES; n++) {
    const { value, done } = source.next()
    if (done) return { documents, done: true }
    if (value !== PAUSE) {
      documents.push(value)
      bytes += value.length
    }
    if (n % LOOK_EVERY === 0 && performance.now() > end) break
  }
  return { documents, done: false }
}
