/**
 * Puts the parts of long messages together, in whatever order and however often they come. Each part is stored
 * before `add` resolves, so that it can be acknowledged at once: many carriers send the next part only then.
 */
import { createHash } from 'node:crypto'

export interface LongPart {
  from: string
  to: string
  ref: number
  wide?: boolean
  total: number
  /** from 1 */
  seq: number
  /** the carrier's number of the alphabet */
  coding: number
  bytes: Buffer
}

/** A part in its place; `undefined` stands for one that never came. */
export type PartPiece = Pick<LongPart, 'coding' | 'bytes'> | undefined

export interface LongMessage {
  from: string
  to: string
  pieces: PartPiece[]
  /** the same for the same message, also after a restart and when its last part is repeated */
  dedupeKey: string
  /** to be called when it is stored; forgets its parts */
  done(): Promise<void>
}

/** Where parts wait: JSON, kept over a restart. */
export interface PartsStore {
  load(): Promise<unknown>
  save(parts: unknown): Promise<void>
}

interface Waiting {
  key: string
  from: string
  to: string
  total: number
  sinceMs: number
  /** by place: alphabet and base64 */
  parts: Record<string, [number, string]>
}
interface Kept {
  waiting: Waiting[]
  /** whole ones of the last minutes, so that a repeated part does not begin a new message */
  done: { key: string; atMs: number; digest: string[] }[]
}

/** Parts of one message are seconds apart; a telephone out of reach between two of them takes minutes. */
const WAIT_MS = 5 * 60_000
/** Carriers repeat what was not acknowledged for about three minutes (CMPP: three times 60 s). */
const REMEMBER_MS = 10 * 60_000
/** One reference number serves 256 messages of a sender: more at once are none of ours. */
const MAX_WAITING = 500

export class Reassembly {
  private readonly store: PartsStore
  private readonly now: () => number
  private kept: Kept | undefined
  /** one change after the other */
  private turn: Promise<unknown> = Promise.resolve()

  constructor(options: { store: PartsStore; now: () => number }) {
    this.store = options.store
    this.now = options.now
  }

  /**
   * @returns the message when it is whole; undefined while parts are missing, or when this one was had before
   * @throws what the store throws: the part is not kept and must not be acknowledged
   */
  add(part: LongPart): Promise<LongMessage | undefined> {
    return this.inTurn(async (kept) => {
      const key = keyOf(part)
      const digest = digestOf(part)
      if (kept.done.some((one) => one.key === key && one.digest.includes(digest))) return undefined
      let waiting = kept.waiting.find((one) => one.key === key)
      const bytes = part.bytes.toString('base64')
      let had = waiting?.parts[part.seq]
      // a reference number used again before its first message was whole: those parts are another message
      if (waiting && had && had[1] !== bytes) {
        had = undefined
        waiting.key = `${key} before ${this.now()}`
        waiting = undefined
      }
      if (!waiting) {
        const { from, to, total } = part
        waiting = { key, from, to, total, sinceMs: this.now(), parts: {} }
        kept.waiting.push(waiting)
        if (kept.waiting.length > MAX_WAITING) kept.waiting.shift()
      }
      if (!had) {
        waiting.parts[part.seq] = [part.coding, bytes]
        await this.store.save(kept)
      }
      const whole = Object.keys(waiting.parts).length === waiting.total
      return whole ? this.message(waiting) : undefined
    })
  }

  /** What has waited too long: it goes on with gaps, for half a message is better than none. */
  overdue(): Promise<LongMessage[]> {
    return this.inTurn((kept) =>
      Promise.resolve(
        kept.waiting
          .filter(({ sinceMs }) => this.now() - sinceMs >= WAIT_MS)
          .map((waiting) => this.message(waiting)),
      ),
    )
  }

  private message(waiting: Waiting): LongMessage {
    const { from, to, total, parts, key, sinceMs } = waiting
    const pieces = Array.from({ length: total }, (_, index): PartPiece => {
      const [coding, bytes] = parts[index + 1] ?? []
      return coding === undefined ? undefined : { coding, bytes: Buffer.from(bytes!, 'base64') }
    })
    const digest = Object.entries(parts).map(([seq, [, bytes]]) => digestOf({ seq: +seq, bytes }))
    return {
      ...{ from, to, pieces },
      dedupeKey: hash(`${key}|${sinceMs}`),
      done: () =>
        this.inTurn(async (kept) => {
          kept.waiting = kept.waiting.filter((one) => one.key !== key || one.sinceMs !== sinceMs)
          kept.done.push({ key, atMs: this.now(), digest })
          await this.store.save(kept)
        }),
    }
  }

  /** Works on what is kept; what could not be saved is read anew the next time. */
  private inTurn<T>(work: (kept: Kept) => Promise<T>): Promise<T> {
    const result = this.turn.then(async () => {
      const kept = (this.kept ??= keptOf(await this.store.load()))
      kept.done = kept.done.filter(({ atMs }) => this.now() - atMs < REMEMBER_MS)
      try {
        return await work(kept)
      } catch (error) {
        this.kept = undefined
        throw error
      }
    })
    this.turn = result.catch(() => undefined)
    return result
  }
}

function keptOf(loaded: unknown): Kept {
  return (loaded as Kept | undefined | null) ?? { waiting: [], done: [] }
}

function keyOf({ from, to, ref, wide, total }: LongPart): string {
  return `${from}|${to}|${wide ? 'w' : ''}${ref}|${total}`
}

function digestOf({ seq, bytes }: { seq: number; bytes: Buffer | string }): string {
  return hash(`${seq}|${typeof bytes === 'string' ? bytes : bytes.toString('base64')}`)
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22)
}
