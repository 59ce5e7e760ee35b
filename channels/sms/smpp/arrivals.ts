/**
 * Which short messages were had before. They carry no id of their own: "1" in answer to one menu and "1" in
 * answer to the next are the same octets. A centre repeats what it has no answer to, so a message is a repeat
 * only where our answer to the first one may not have been read: it came late, it said no, or its session broke
 * before anything proved that the centre had got it. What is in doubt is on disk before the message is stored,
 * so a crash between the two changes nothing.
 */
import { randomUUID } from 'node:crypto'
import type { PartsStore } from '../reassembly.ts'

export interface Arrival {
  fingerprint: string
  /** unique; the same for a repeat */
  dedupeKey: string
}

interface Doubtful extends Arrival {
  atMs: number
}

/** What this process knows besides. */
interface Known {
  /** sessions it has come in */
  sessions: Set<object>
  /** the last time */
  arrivedMs: number
  /** not yet: being stored */
  answeredMs?: number
  refused?: boolean
}

/** Centres repeat for minutes. After that the same words are new ones. */
const DOUBT_MS = 10 * 60_000
/** No centre waits less for an answer before it repeats in the same session. */
const PROMPT_MS = 5_000
/** More than any window is wide. */
const MOST = 1_000

export class Arrivals {
  private readonly store: PartsStore
  private readonly now: () => number
  private loading: Promise<Doubtful[]> | undefined
  private readonly known = new WeakMap<Doubtful, Known>()
  private saving: Promise<unknown> = Promise.resolve()
  private nextSave: Promise<void> | undefined

  constructor(options: { store: PartsStore; now: () => number }) {
    this.store = options.store
    this.now = options.now
  }

  /** @throws what the store throws: then it must not be acknowledged */
  async arrived(fingerprint: string, session: object): Promise<Arrival> {
    const doubtful = await this.load()
    const repeated = doubtful.find(
      (one) => one.fingerprint === fingerprint && this.isRepeat(one, session),
    )
    if (repeated) {
      this.seen(repeated, session)
      return repeated
    }
    const arrival = { fingerprint, dedupeKey: randomUUID(), atMs: this.now() }
    doubtful.push(arrival)
    if (doubtful.length > MOST) doubtful.shift()
    this.seen(arrival, session)
    try {
      await this.save(doubtful)
    } catch (error) {
      remove(doubtful, arrival)
      throw error
    }
    return arrival
  }

  /** The answer is written. `taken`: it said yes. */
  answered(arrival: Arrival, taken: boolean): void {
    const known = this.known.get(arrival as Doubtful)
    if (!known) return
    if (taken) known.answeredMs = this.now()
    else known.refused = true
  }

  /** The centre has read our answers to these: whatever comes now is new. */
  async settled(arrivals: Arrival[]): Promise<void> {
    const doubtful = await this.load()
    for (const arrival of arrivals) remove(doubtful, arrival)
    await this.save(doubtful)
  }

  private isRepeat(one: Doubtful, session: object): boolean {
    const known = this.known.get(one)
    // of an earlier run, or another session
    if (!known?.sessions.has(session)) return true
    return !!known.refused || (known.answeredMs ?? this.now()) - known.arrivedMs >= PROMPT_MS
  }

  private seen(arrival: Doubtful, session: object): void {
    const sessions = new Set(this.known.get(arrival)?.sessions).add(session)
    this.known.set(arrival, { sessions, arrivedMs: this.now() })
  }

  private async load(): Promise<Doubtful[]> {
    this.loading ??= this.store.load().then((loaded) => (loaded as Doubtful[] | undefined) ?? [])
    const doubtful = await this.loading.catch((error: unknown) => {
      this.loading = undefined
      throw error
    })
    const since = this.now() - DOUBT_MS
    while (doubtful[0] && doubtful[0].atMs < since) doubtful.shift()
    return doubtful
  }

  /** Those that come while one is written are written together: the next time holds the changes of all. */
  private save(doubtful: Doubtful[]): Promise<void> {
    return (this.nextSave ??= this.saving.then(() => {
      this.nextSave = undefined
      const saved = this.store.save(doubtful)
      this.saving = saved.catch(() => undefined)
      return saved
    }))
  }
}

function remove(doubtful: Doubtful[], arrival: Arrival): void {
  const at = doubtful.indexOf(arrival as Doubtful)
  if (at >= 0) doubtful.splice(at, 1)
}
