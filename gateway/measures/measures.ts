/** What callers do in the flows: counted as it is committed, flushed every ten seconds. */
import { pickLang } from '../../bots/flow/per-lang.ts'
import type { FlowDoc } from '../../bots/flow/schema.ts'
import type { Conversation } from '../domain/conversation.ts'
import type { Happening } from '../domain/flow-run.ts'
import { localDate, localMidnightMs } from '../domain/local-time.ts'
import { fail } from '../errors.ts'
import type { Flows } from '../flows/flows.ts'
import { newId } from '../store/id.ts'
import { Figures } from './figures.ts'
import type { StoredMeasures } from './model.ts'
import { MeasuresModel, WordsModel } from './model.ts'
import type { MeasuresQuery, MeasuresView } from './schema.ts'
import type { Row, Step } from './tally.ts'
import { rowId, Tally } from './tally.ts'
import { mayKeep, Words } from './words.ts'

/** So much is lost by kill -9, and no more. */
const FLUSH_MS = 10_000
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const SWEEP_MS = 6 * HOUR_MS
/** Older hours are dropped: their day was counted beside them. */
const HOURS_KEPT_MS = 90 * DAY_MS
const WORDS_KEPT_MS = 90 * DAY_MS
const ROWS_AT_ONCE = 20
/** Hours are shown for so long, days beyond. */
const HOURLY_UP_TO_MS = 3.5 * DAY_MS
const MAX_PERIOD_MS = 1100 * DAY_MS

export interface MeasuresOptions {
  now: () => number
  timezone: string
  /** days are removed after that many days; 0: never */
  retentionDays: number
  flows: Pick<Flows, 'get' | 'prepare'>
  onError: (error: unknown) => void
}

type Later = [happening: Happening, channel: string, lang: string, nowMs: number]

export class Measures {
  private readonly process = newId()
  private readonly tally: Tally
  private readonly words = new Words()
  private readonly options: MeasuresOptions
  private flushing: Promise<void> | undefined
  private timers: NodeJS.Timeout[] = []
  private toldDropped = 0

  constructor(options: MeasuresOptions) {
    this.options = options
    this.tally = new Tally(options.timezone)
  }

  start(): void {
    const { onError } = this.options
    this.timers = [
      setInterval(() => void this.flush().catch(onError), FLUSH_MS),
      setInterval(() => void this.sweep().catch(onError), SWEEP_MS),
    ]
    void this.sweep().catch(onError)
  }

  async stop(): Promise<void> {
    for (const timer of this.timers) clearInterval(timer)
    await this.flush()
  }

  /** What happened in a committed change of a conversation. */
  count({ legs, lang }: Conversation, happened: readonly Happening[]): void {
    const nowMs = this.options.now()
    const talksOn = legs.at(-1)?.channel ?? 'webchat'
    for (const happening of happened) {
      const { flow, version, channel = talksOn } = happening
      const doc = this.options.flows.get(flow, version)?.doc
      if (doc) this.add(happening, doc, channel, lang, nowMs)
      // begun by an earlier process; what is not found then was never published: somebody's trial
      else void this.countLater(happening, channel, lang, nowMs).catch(this.options.onError)
    }
  }

  private async countLater(...[happening, channel, lang, nowMs]: Later): Promise<void> {
    const { flows } = this.options
    const { flow, version } = happening
    await flows.prepare([{ flow, version }])
    const doc = flows.get(flow, version)?.doc
    if (doc) this.add(happening, doc, channel, lang, nowMs)
  }

  private add(
    happening: Happening,
    doc: FlowDoc,
    channel: string,
    lang: string,
    nowMs: number,
  ): void {
    const by = { channel, lang: pickLang(doc, lang) }
    this.tally.add(happening, by, nowMs)
    if (happening.words !== undefined && mayKeep(doc, happening.block))
      this.words.add(happening, by.lang)
  }

  /** Everything counted so far is on disk when this resolves. */
  flush(): Promise<void> {
    const running = this.flushing ?? Promise.resolve()
    const next = running.catch(() => undefined).then(() => this.write())
    this.flushing = next
    return next
  }

  /** The figures of a flow, up to this moment. */
  async read(flow: string, query: MeasuresQuery): Promise<MeasuresView> {
    await this.flush()
    const { fromMs, toMs, step } = this.period(query)
    const figures = new Figures(this.starts(fromMs, Math.min(toMs, this.options.now()), step))
    const rows = MeasuresModel.find({
      flow,
      step,
      at: { $gte: new Date(fromMs), $lt: new Date(toMs) },
    }).lean<StoredMeasures>()
    for await (const row of rows.cursor()) figures.add(row as StoredMeasures, fits(row, query))
    const { series, ...result } = figures.result()
    const dated = (atMs: number) =>
      step === 'day' ? { date: localDate(atMs, this.options.timezone) } : {}
    return {
      ...result,
      series: series.map((point) => ({ ...point, ...dated(point.atMs) })),
      ...{ step, fromMs, toMs },
    }
  }

  /** Every hour or day of the period so far, also those in which nothing happened. */
  private starts(fromMs: number, toMs: number, step: Step): number[] {
    const starts: number[] = []
    for (let at = fromMs; at < toMs;) {
      starts.push(at)
      at =
        step === 'hour' ? at + HOUR_MS : localMidnightMs(at + 1.5 * DAY_MS, this.options.timezone)
    }
    return starts
  }

  /** Whole days of the hotline's zone; a few of them hour by hour. */
  private period({ from, to }: MeasuresQuery): { fromMs: number; toMs: number; step: Step } {
    const { now, timezone } = this.options
    const at = (moment: string | number) =>
      localMidnightMs(typeof moment === 'string' ? noonOf(moment, timezone) : moment, timezone)
    const lastMs = at(to ?? now())
    const fromMs = from === undefined ? at(lastMs - 6 * DAY_MS) : at(from)
    if (fromMs > lastMs || lastMs - fromMs > MAX_PERIOD_MS) fail('BAD_PERIOD')
    const toMs = at(lastMs + DAY_MS * 1.5)
    const hourly = toMs - fromMs <= HOURLY_UP_TO_MS && fromMs > now() - HOURS_KEPT_MS
    return { fromMs, toMs, step: hourly ? 'hour' : 'day' }
  }

  /** Removes what is older than is kept. */
  async sweep(): Promise<void> {
    const { now, retentionDays } = this.options
    const before = (ms: number) => ({ $lt: new Date(now() - ms) })
    await MeasuresModel.deleteMany({ step: 'hour', at: before(HOURS_KEPT_MS) })
    await WordsModel.deleteMany({ lastAt: before(WORDS_KEPT_MS) })
    if (retentionDays > 0)
      await MeasuresModel.deleteMany({ step: 'day', at: before(retentionDays * DAY_MS) })
  }

  private async write(): Promise<void> {
    const rows = this.tally.dirty()
    for (let from = 0; from < rows.length; from += ROWS_AT_ONCE)
      await Promise.all(rows.slice(from, from + ROWS_AT_ONCE).map((row) => this.writeRow(row)))
    this.tally.forgetPast(this.options.now())
    await this.words.flush(this.options.now())
    const { dropped } = this.tally
    if (dropped > this.toldDropped) {
      this.options.onError(new Error(`${dropped} measures were not counted for want of room`))
      this.toldDropped = dropped
    }
  }

  private async writeRow(row: Row): Promise<void> {
    const { flow, version, channel, lang, step, startMs } = row
    const _id = `${this.process}${rowId(row)}`
    const counts = [...row.counts.values()].map((count) => [...count])
    // what is counted while this is written is for the next time
    row.dirty = false
    try {
      await MeasuresModel.collection.updateOne(
        { _id: _id as never },
        { $set: { flow, version, channel, lang, step, at: new Date(startMs), counts } },
        { upsert: true },
      )
    } catch (error) {
      row.dirty = true
      throw error
    }
  }
}

/** Some moment of that date in the zone. */
function noonOf(date: string, timezone: string): number {
  const guess = Date.parse(date) + DAY_MS / 2
  return guess + Date.parse(date) - Date.parse(localDate(guess, timezone))
}

function fits(row: StoredMeasures, { version, channel, lang }: MeasuresQuery): boolean {
  return (
    (version === undefined || row.version === version) &&
    (channel === undefined || row.channel === channel) &&
    (lang === undefined || row.lang === lang)
  )
}
