import { Long } from 'bson'
import { CommandError, cursorNotFound } from './errors.ts'
import type { Step } from './query.ts'
import { take } from './query.ts'
import type { Doc } from './value.ts'
import { MAX_DOCUMENT_BYTES } from './value.ts'
import { RawArray } from './wire.ts'

interface Cursor {
  namespace: string
  steps: Iterator<Step<Uint8Array>>
  usedAtMs: number
  busy: boolean
}

export const DEFAULT_BATCH = 101
const MAX_CURSORS = 1000
/** manual: "cursorTimeoutMillis", ten minutes */
const IDLE_MS = 10 * 60_000

/** Results a client has not fetched to the end. */
export class Cursors {
  private readonly open = new Map<string, Cursor>()
  private nextId = BigInt(Math.floor(Math.random() * 2 ** 40)) + 1n

  get size(): number {
    return this.open.size
  }

  /** First reply of a command with results. `single`: no cursor stays open. */
  async first(
    namespace: string,
    steps: Iterator<Step<Uint8Array>>,
    options: { batchSize?: number; single?: boolean; deadlineMs?: number } = {},
  ): Promise<Doc> {
    const { batchSize = DEFAULT_BATCH, single = false, deadlineMs } = options
    const size = single && !batchSize ? Infinity : batchSize
    const { items, done } = await takeBatch(steps, size, deadlineMs)
    const id = done || single ? 0n : this.keep(namespace, steps)
    return { cursor: { firstBatch: new RawArray(items), id: Long.fromBigInt(id), ns: namespace } }
  }

  async more(id: unknown, namespace: string, batchSize: number): Promise<Doc> {
    const key = String(id)
    const cursor = this.open.get(key)
    if (!cursor || cursor.namespace !== namespace)
      throw cursorNotFound(`cursor id ${key} not found`)
    if (cursor.busy)
      throw new CommandError(291, 'CursorInUse', `cursor id ${key} is already in use`)
    cursor.busy = true
    try {
      const { items, done } = await takeBatch(cursor.steps, batchSize || Infinity)
      if (done) this.open.delete(key)
      return {
        cursor: {
          nextBatch: new RawArray(items),
          id: done ? Long.ZERO : Long.fromString(key),
          ns: namespace,
        },
      }
    } catch (error) {
      this.open.delete(key)
      throw error
    } finally {
      cursor.busy = false
      cursor.usedAtMs = Date.now()
    }
  }

  kill(id: unknown): boolean {
    return this.open.delete(String(id))
  }

  /** When a collection or one of its indexes is dropped, what reads it cannot go on. */
  killAllOf(namespace: string): void {
    for (const [id, cursor] of this.open) if (cursor.namespace === namespace) this.open.delete(id)
  }

  private keep(namespace: string, steps: Iterator<Step<Uint8Array>>): bigint {
    this.forgetIdle()
    if (this.open.size >= MAX_CURSORS) {
      throw new CommandError(
        146,
        'ExceededMemoryLimit',
        `more than ${MAX_CURSORS} cursors are open`,
      )
    }
    const id = this.nextId++
    this.open.set(String(id), { namespace, steps, usedAtMs: Date.now(), busy: false })
    return id
  }

  forgetIdle(nowMs = Date.now()): void {
    for (const [id, cursor] of this.open) {
      if (!cursor.busy && nowMs - cursor.usedAtMs > IDLE_MS) this.open.delete(id)
    }
  }
}

const takeBatch = (steps: Iterator<Step<Uint8Array>>, count: number, deadlineMs?: number) =>
  take(steps, count, deadlineMs, (bytes) => bytes.length, MAX_DOCUMENT_BYTES)
