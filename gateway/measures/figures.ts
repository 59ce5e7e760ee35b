/** From counted rows to what content staff read: figures per block, totals of whole runs, a series over time. Pure. */
import { NO_BLOCK, timeClassesMs } from './following.ts'
import type { StoredMeasures } from './model.ts'
import type { BlockMeasures, Measured, MeasuresPoint, MeasuresTotals } from './schema.ts'

const noTotals = (): MeasuresTotals => ({
  started: 0,
  completed: 0,
  gaveUp: 0,
  askedForPerson: 0,
  noMatch: 0,
  noInput: 0,
})

/** Adds up rows one by one, so that a year of them need not be in memory. */
export class Figures {
  private readonly blocks = new Map<string, BlockMeasures>()
  private readonly totals = noTotals()
  private readonly series = new Map<number, MeasuresPoint>()
  private readonly times = new Map<number, number>()
  private readonly seen = {
    versions: new Map<number, number>(),
    channels: new Set<string>(),
    langs: new Set<string>(),
  }
  private ms = 0

  /** @param starts of the hours or days, in ms, that are to be in the series whatever happened in them */
  constructor(starts: readonly number[] = []) {
    for (const atMs of starts) this.series.set(atMs, { atMs, ...noTotals() })
  }

  /** @param wanted false: the row only tells what else could be looked at */
  add(row: StoredMeasures, wanted = true): void {
    const { versions, channels, langs } = this.seen
    channels.add(row.channel)
    langs.add(row.lang)
    let started = 0
    const atMs = row.at.getTime()
    const point = this.series.get(atMs) ?? { atMs, ...noTotals() }
    for (const [block, event, label, amount] of row.counts) {
      if (block === NO_BLOCK && event === 'started') started += amount
      if (!wanted) continue
      if (block === NO_BLOCK) this.ofRuns(point, event, label, amount)
      else this.atBlock(point, block, event, label, amount)
    }
    versions.set(row.version, (versions.get(row.version) ?? 0) + started)
    if (wanted) this.series.set(atMs, point)
  }

  result(): Measured {
    const { versions, channels, langs } = this.seen
    const ended = this.totals.completed + this.totals.gaveUp + this.totals.askedForPerson
    return {
      totals: {
        ...this.totals,
        ended,
        ...(ended > 0 && {
          containment: (this.totals.completed + this.totals.gaveUp) / ended,
          meanMs: Math.round(this.ms / ended),
        }),
        ...this.median(),
      },
      blocks: [...this.blocks.values()],
      series: [...this.series.values()].sort((a, b) => a.atMs - b.atMs),
      versions: [...versions]
        .map(([version, started]) => ({ version, started }))
        .sort((a, b) => b.version - a.version),
      channels: [...channels].sort(),
      langs: [...langs].sort(),
    }
  }

  private ofRuns(point: MeasuresPoint, event: string, label: string, amount: number): void {
    switch (event) {
      case 'ms':
        this.ms += amount
        break
      case 'time':
        this.times.set(Number(label), (this.times.get(Number(label)) ?? 0) + amount)
        break
      case 'asked':
        this.both(point, 'askedForPerson', amount)
        break
      case 'started':
      case 'completed':
      case 'gaveUp':
        this.both(point, event, amount)
        break
    }
  }

  private atBlock(
    point: MeasuresPoint,
    id: string,
    event: string,
    label: string,
    amount: number,
  ): void {
    let block = this.blocks.get(id)
    if (!block) this.blocks.set(id, (block = emptyBlock(id)))
    switch (event) {
      case 'enter':
        block.entered += amount
        break
      case 'exit':
        block.exits[label] = (block.exits[label] ?? 0) + amount
        break
      case 'abandon':
        block.gaveUp += amount
        break
      case 'asked':
        block.askedForPerson += amount
        break
      case 'noMatch':
      case 'noInput':
        block[event] += amount
        this.both(point, event, amount)
        break
      default: {
        // a null prototype: a label named __proto__ is a label
        const of = (block.marks[event] ??= Object.create(null) as Record<string, number>)
        of[label] = (of[label] ?? 0) + amount
      }
    }
  }

  private both(point: MeasuresPoint, name: keyof MeasuresTotals, amount: number): void {
    this.totals[name] += amount
    point[name] += amount
  }

  /** The upper end of the class half of the runs stay within; none when it is the open one. */
  private median(): { medianUpToMs?: number } {
    const all = [...this.times.values()].reduce((sum, each) => sum + each, 0)
    let below = 0
    for (const upToMs of timeClassesMs) {
      below += this.times.get(upToMs) ?? 0
      if (all > 0 && below * 2 >= all) return { medianUpToMs: upToMs }
    }
    return {}
  }
}

function emptyBlock(block: string): BlockMeasures {
  return {
    block,
    entered: 0,
    exits: Object.create(null) as Record<string, number>,
    gaveUp: 0,
    askedForPerson: 0,
    noMatch: 0,
    noInput: 0,
    marks: Object.create(null) as Record<string, Record<string, number>>,
  }
}
