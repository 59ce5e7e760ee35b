/** Named data sources that flows query, as they are at this moment: bundled, of the operator's file, and stored. */
import type { Bus } from '../bus/bus.ts'
import { fail } from '../errors.ts'
import { AddressGuard } from '../outgoing/address-guard.ts'
import { CallOut } from '../outgoing/call-out.ts'
import { unseal } from '../store/sealed.ts'
import { AnswerCache } from './answer-cache.ts'
import { mapAnswer, seenOf } from './answer-map.ts'
import { vouchedFor } from './given-sources.ts'
import type { StoredSource } from './model.ts'
import { SourceModel } from './model.ts'
import { openReader } from './open-reader.ts'
import type { Source, SourceReader } from './source.ts'
import { SourceBook } from './source-book.ts'
import { connectionFault, isOutage, sourceFault } from './source-fault.ts'
import { isServerFault } from './http-source.ts'

export interface SourcesOptions {
  /** bundled ones and those of the file; the later wins over the earlier of the same id */
  given: Source[]
  guard: AddressGuard
  /** what stored secrets are sealed with */
  secret: string
  now: () => number
}

export interface QueryOptions {
  lang: string
  timeoutMs: number
  /** instead of what the source says */
  cacheSeconds?: number
}

interface Running {
  source: Source
  book: SourceBook
  fallback: { value: unknown } | undefined
  reader: Promise<SourceReader> | undefined
  /** of the stored definition: a change gives a new reader and keeps the book */
  version: number
}

/** What connecting may take besides: a driver that finds a stranger at the other end may wait for ever. */
const CONNECT_MS = 3500

const CLOSE_MS = 2000

/** What a source's secret is bound to. */
export const secretOwner = (sourceId: string): string => `source ${sourceId} secret`

export class Sources {
  private readonly options: SourcesOptions
  private readonly callOut: CallOut
  private readonly cache: AnswerCache
  private readonly flights = new Map<string, Promise<unknown>>()
  private readonly given = new Map<string, Source>()
  private running = new Map<string, Running>()
  private loading = Promise.resolve()

  constructor(options: SourcesOptions) {
    this.options = options
    this.callOut = new CallOut(options.guard)
    this.cache = new AnswerCache(options.now)
    for (const source of options.given) this.given.set(source.id, source)
    this.take([])
  }

  async start(bus: Bus, onError: (error: unknown) => void): Promise<void> {
    await this.load()
    bus.subscribe('sources', () => {
      this.loading = this.loading.then(() => this.load()).catch(onError)
    })
  }

  /** Resolves when what was changed up to now is in use. */
  settled(): Promise<void> {
    return this.loading
  }

  async close(): Promise<void> {
    this.callOut.close()
    await Promise.all([...this.running.values()].map(closeReader))
  }

  get ids(): string[] {
    return [...this.running.keys()]
  }

  all(): { source: Source; book: SourceBook; version: number }[] {
    return [...this.running.values()]
  }

  one(id: string): Source | undefined {
    return this.running.get(id)?.source
  }

  /** What stands in its place when the stored one is removed. */
  isGiven(id: string): boolean {
    return this.given.has(id)
  }

  /**
   * The answer as flows get it: fresh, kept, or what may stand in for it when the source fails.
   * @throws NO_SUCH_SOURCE; SOURCE_FAILED with `reason`, a code SOURCE_…, and nothing of what was asked
   */
  async query(id: string, params: Record<string, unknown>, options: QueryOptions) {
    const running = this.running.get(id) ?? fail('NO_SUCH_SOURCE', { source: id })
    const { source, book } = running
    const key = `${id}\n${JSON.stringify([options.lang, sorted(params)])}`
    const kept = this.cache.fresh(key)
    if (kept) {
      book.count('cached')
      return kept.value
    }
    try {
      const flight = this.flights.get(key) ?? this.begin(key, running, params, options)
      return await within(options.timeoutMs, flight)
    } catch (error) {
      const { code } = connectionFault(error)
      const stale = this.cache.stale(key)
      if (stale) {
        book.count('stale')
        return stale.value
      }
      if (running.fallback && code !== 'SOURCE_PARAMETER') {
        book.count('fallback')
        return running.fallback.value
      }
      return fail('SOURCE_FAILED', { source: source.id, reason: code })
    }
  }

  /** Asks once as it is given, past cache and breaker. `raw` is what the other end said. */
  async ask(
    source: Source,
    params: Record<string, unknown>,
    lang: string,
  ): Promise<{ raw: unknown; mapped: unknown }> {
    checkParameters(source, params)
    const reader = await this.reader(source)
    try {
      const asked = reader.ask({ ...params, lang }, source.timeoutMs)
      const raw = await within(source.timeoutMs + CONNECT_MS, asked)
      return { raw, mapped: mapAnswer(raw, source.mapping) }
    } catch (error) {
      throw connectionFault(error)
    } finally {
      // a driver may wait for the other end to say good-bye
      void reader.close().catch(() => undefined)
    }
  }

  /** With the connection of another source, where it says so. */
  withConnection(source: Source): Source {
    if (source.kind === 'table' || source.kind === 'http') return source
    const { connectionOf } = source.settings
    if (!connectionOf) return source
    const other = this.one(connectionOf)
    if (other?.kind !== source.kind || !('connection' in other.settings)) return source
    const settings = { ...source.settings, connection: other.settings.connection }
    return { ...source, settings, secret: other.secret } as Source
  }

  private begin(
    key: string,
    running: Running,
    params: Record<string, unknown>,
    { lang, cacheSeconds }: QueryOptions,
  ): Promise<unknown> {
    const { source } = running
    const flight = this.fly(running, { ...params, lang })
      .then((value) => {
        const freshMs = (cacheSeconds ?? source.cacheSeconds) * 1000
        if (this.running.get(source.id)?.source === source)
          this.cache.put(key, value, freshMs, source.staleSeconds * 1000)
        return value
      })
      .finally(() => this.flights.delete(key))
    // everybody who asked may have left before it fails
    flight.catch(() => undefined)
    this.flights.set(key, flight)
    return flight
  }

  private async fly(running: Running, params: Record<string, unknown>): Promise<unknown> {
    const { source, book } = running
    checkParameters(source, params)
    const { breaker } = book
    if (!breaker.ready()) throw sourceFault('SOURCE_RESTING')
    book.count('asked')
    breaker.begin()
    const begunMs = performance.now()
    try {
      running.reader ??= this.reader(source)
      const reader = await running.reader
      const raw = await within(source.timeoutMs + CONNECT_MS, reader.ask(params, source.timeoutMs))
      breaker.succeeded()
      book.answered(performance.now() - begunMs)
      const mapped = mapAnswer(raw, source.mapping)
      if (mapped !== null && source.kind !== 'table') book.seen = seenOf(mapped)
      return mapped
    } catch (error) {
      const fault = connectionFault(error)
      book.failed(fault.code)
      // the code alone: the words may hold what was asked
      if (isOutage(fault.code) || isServerFault(fault)) breaker.failed(new Error(fault.code))
      else breaker.unknown(new Error(fault.code))
      // the next question begins with a new connection
      if (fault.code === 'SOURCE_SECRET' || fault.code === 'SOURCE_SLOW') {
        void closeReader(running)
        running.reader = undefined
      }
      throw fault
    }
  }

  private reader(source: Source): Promise<SourceReader> {
    const { now, guard } = this.options
    if (source.origin === 'file' && source.kind === 'http') {
      const own = new AddressGuard(vouchedFor(source.settings.url))
      return openReader(source, { now, guard: own, callOut: new CallOut(own) })
    }
    return openReader(this.withConnection(source), { now, guard, callOut: this.callOut })
  }

  private async load(): Promise<void> {
    this.take(await SourceModel.find().lean<StoredSource[]>())
  }

  private take(stored: StoredSource[]): void {
    const next = new Map<string, Running>()
    // one in another's place keeps its place in the list
    for (const source of this.given.values()) next.set(source.id, this.run(source, 0))
    for (const each of stored) {
      if (this.given.get(each._id)?.origin === 'file') continue
      next.set(each._id, this.run(this.opened(each), each.version))
    }
    const before = this.running
    this.running = next
    for (const [id, running] of before) {
      if (next.get(id)?.reader === running.reader && running.reader) continue
      this.cache.forget(`${id}\n`)
      void closeReader(running)
    }
  }

  /** Unchanged ones go on as they are; shared connections make new readers of all that may use them. */
  private run(source: Source, version: number): Running {
    const before = this.running.get(source.id)
    const { secret, settings } = source
    const borrows = 'connectionOf' in settings && settings.connectionOf !== undefined
    const same = before?.version === version && before.source.origin === source.origin && !borrows
    if (same && before) return before
    return {
      ...{ source: { ...source, secret } as Source, version, reader: undefined },
      book: before?.book ?? new SourceBook(this.options.now),
      fallback: source.fallback === undefined ? undefined : { value: JSON.parse(source.fallback) },
    }
  }

  private opened({ _id: id, sealed, ...stored }: StoredSource): Source {
    const open =
      sealed === undefined ? undefined : unseal(this.options.secret, secretOwner(id), sealed)
    return {
      ...stored,
      ...{ id, origin: 'stored' },
      ...(sealed !== undefined && { secret: open ?? { lost: true } }),
    } as Source
  }
}

function checkParameters(source: Source, params: Record<string, unknown>): void {
  for (const { name, required } of source.parameters) {
    const value = Object.hasOwn(params, name) ? params[name] : undefined
    if (required && (value === undefined || value === null || value === ''))
      throw sourceFault('SOURCE_PARAMETER', name)
  }
}

async function closeReader({ reader }: Running): Promise<void> {
  try {
    // a driver may wait for the other end to say good-bye
    if (reader) await within(CLOSE_MS, (await reader).close())
  } catch {
    // it could not be opened, or its end is gone already
  }
}

const sorted = (params: Record<string, unknown>): [string, unknown][] =>
  Object.entries(params).sort(([a], [b]) => (a < b ? -1 : 1))

/** @throws SOURCE_SLOW when it takes longer; what was begun goes on */
async function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(sourceFault('SOURCE_SLOW')), ms)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}
