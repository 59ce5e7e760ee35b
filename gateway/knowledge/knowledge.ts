/** What the hotline can answer by itself: stored entries, an index in memory, and the questions it missed. */
import { createHash } from 'node:crypto'
import type { KnowledgeEntry } from '../../bots/nlu/entry.ts'
import type { FaqIndex, Hit, IndexOptions } from '../../bots/nlu/faq.ts'
import { createIndex } from '../../bots/nlu/faq.ts'
import type { Bus } from '../bus/bus.ts'
import type { StoredEntry } from './model.ts'
import { KnowledgeModel, MissModel } from './model.ts'

const MAX_MISS_CHARS = 200
/** below this score an answer does not count as one, and the question is put on the list for staff */
const ANSWERED_SCORE = 0.35

export class Knowledge {
  private index: FaqIndex
  private entries: KnowledgeEntry[] = []
  /** the console's trial box also finds what is not approved yet; made when somebody tries */
  private trial: FaqIndex | undefined
  private readonly options: IndexOptions
  private readonly now: () => number

  constructor(options: { index: IndexOptions; now: () => number }) {
    this.options = options.index
    this.now = options.now
    this.index = createIndex([], this.options)
  }

  async start(bus: Bus, onError: (error: unknown) => void): Promise<void> {
    await this.load()
    bus.subscribe('knowledge', () => void this.load().catch(onError))
  }

  search(text: string, lang: string, top: number): Hit[] {
    return this.index.search(text, lang, top, this.now())
  }

  try(text: string, lang: string, top: number): Hit[] {
    this.trial ??= createIndex(this.entries, { ...this.options, unapproved: true })
    return this.trial.search(text, lang, top)
  }

  /** Searches for a visitor, and remembers the question when nothing fits. */
  async answer(text: string, lang: string, top: number): Promise<Hit[]> {
    const hits = this.search(text, lang, top)
    if ((hits[0]?.score ?? 0) < ANSWERED_SCORE) await this.missed(text, lang)
    return hits
  }

  private async missed(text: string, lang: string): Promise<void> {
    const wording = text.trim().slice(0, MAX_MISS_CHARS)
    if (!wording) return
    const _id = createHash('sha256')
      .update(`${lang}\n${wording.toLowerCase()}`)
      .digest('hex')
      .slice(0, 32)
    await MissModel.updateOne(
      { _id },
      {
        $inc: { count: 1 },
        $set: { lastAt: new Date(this.now()) },
        $setOnInsert: { text: wording, lang },
      },
      { upsert: true },
    )
  }

  private async load(): Promise<void> {
    const stored = await KnowledgeModel.find().lean<StoredEntry[]>()
    this.entries = stored.map(toEntry)
    this.trial = undefined
    this.index = createIndex(this.entries, this.options)
  }
}

export function toEntry(stored: StoredEntry): KnowledgeEntry {
  const { _id, version: _version, updatedAt: _updatedAt, ...entry } = stored
  return { ...entry, id: _id }
}
