/** Counts in memory, by the hour and by the day: what is flushed are whole rows, so writing one twice changes nothing. */
import { localMidnightMs } from '../domain/local-time.ts'
import type { Happening } from '../domain/flow-run.ts'

const HOUR_MS = 3_600_000
/** Rows are few (versions × channels × languages); a flood of them would be a mistake, not traffic. */
const MAX_ROWS = 2000
const MAX_COUNTERS = 10_000
const MAX_LABEL_CHARS = 64
/** Labels come from flows and services; beyond this many of one kind at a block the rest is counted together. */
const MAX_LABELS = 200
export const OTHER_LABEL = '…'

export type Step = 'hour' | 'day'

export interface RowKey {
  flow: string
  version: number
  channel: string
  lang: string
  step: Step
  startMs: number
}

export type Count = [block: string, event: string, label: string, amount: number]

export interface Row extends RowKey {
  counts: Map<string, Count>
  labels: Map<string, number>
  dirty: boolean
}

export class Tally {
  private readonly rows = new Map<string, Row>()
  private readonly timezone: string
  /** what was not counted for want of room */
  dropped = 0
  private day = { startMs: 0, endMs: 0 }

  constructor(timezone: string) {
    this.timezone = timezone
  }

  get size(): number {
    return this.rows.size
  }

  add(happening: Happening, by: { channel: string; lang: string }, atMs: number): void {
    const hour = Math.floor(atMs / HOUR_MS) * HOUR_MS
    this.addTo('hour', hour, happening, by)
    this.addTo('day', this.dayOf(atMs), happening, by)
  }

  /** Rows with something new in them. */
  dirty(): Row[] {
    return [...this.rows.values()].filter((row) => row.dirty)
  }

  /** Forgets what is written and over: nothing is added to an hour or a day that has passed. */
  forgetPast(nowMs: number): void {
    const starts = { hour: Math.floor(nowMs / HOUR_MS) * HOUR_MS, day: this.dayOf(nowMs) }
    for (const [key, row] of this.rows)
      if (!row.dirty && row.startMs < starts[row.step]) this.rows.delete(key)
  }

  private dayOf(atMs: number): number {
    if (atMs >= this.day.startMs && atMs < this.day.endMs) return this.day.startMs
    const startMs = localMidnightMs(atMs, this.timezone)
    // checked again every hour: days are not all 24 hours long
    this.day = { startMs, endMs: (Math.floor(atMs / HOUR_MS) + 1) * HOUR_MS }
    return startMs
  }

  private addTo(
    step: Step,
    startMs: number,
    { flow, version, block, event, label = '', amount = 1 }: Happening,
    { channel, lang }: { channel: string; lang: string },
  ): void {
    const row = this.row({ flow, version, channel, lang, step, startMs })
    if (!row) return void this.dropped++
    const kind = `${block}\0${event}`
    const seen = row.labels.get(kind) ?? 0
    let name = label.slice(0, MAX_LABEL_CHARS)
    if (!row.counts.has(`${kind}\0${name}`) && seen >= MAX_LABELS) name = OTHER_LABEL
    const key = `${kind}\0${name}`
    const count = row.counts.get(key)
    if (count) count[3] += amount
    else if (row.counts.size >= MAX_COUNTERS) return void this.dropped++
    else {
      row.counts.set(key, [block, event, name, amount])
      row.labels.set(kind, seen + 1)
    }
    row.dirty = true
  }

  private row(key: RowKey): Row | undefined {
    const id = rowId(key)
    let row = this.rows.get(id)
    if (!row) {
      if (this.rows.size >= MAX_ROWS) return undefined
      row = { ...key, counts: new Map(), labels: new Map(), dirty: false }
      this.rows.set(id, row)
    }
    return row
  }
}

/** The same for the same row, within one process. */
export const rowId = ({ step, startMs, flow, version, channel, lang }: RowKey): string =>
  JSON.stringify([step, startMs, flow, version, channel, lang])
