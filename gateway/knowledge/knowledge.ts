/** What the hotline can answer by itself: stored entries, an index in memory, and the questions it missed. */
import { setImmediate } from 'node:timers/promises'
import type { KnowledgeEntry } from '../../bots/nlu/entry.ts'
import type { FaqIndex, Hit } from '../../bots/nlu/faq.ts'
import { createIndex } from '../../bots/nlu/faq.ts'
import { normalise } from '../../bots/nlu/normalise.ts'
import type { SynonymGroup } from '../../bots/nlu/synonyms.ts'
import type { Bus } from '../bus/bus.ts'
import { localDate } from '../domain/local-time.ts'
import { alikeEntries } from './alike.ts'
import type { Alike, Asked } from './alike.ts'
import { keepMiss } from './misses.ts'
import type { EntryContent, StoredEntry } from './model.ts'
import { KnowledgeModel } from './model.ts'
import { contentOf, liveOf } from './revise.ts'
import { listSynonyms } from './synonyms.ts'

/** below this score an answer does not count as one, and the question is put on the list for staff */
const ANSWERED_SCORE = 0.35
/** entries indexed before others get their turn: 50 take about 10 ms */
const SLICE = 50

export class Knowledge {
  /** what callers are told */
  private index: FaqIndex = createIndex()
  /** as it stands, approved or not: for the trial box and for finding duplicates */
  private drafts: FaqIndex = createIndex()
  private synonyms: SynonymGroup[] = []
  private loading: Promise<void> = Promise.resolve()
  private bus: Bus | undefined
  private readonly now: () => number
  private readonly timezone: string

  constructor(options: { now: () => number; timezone: string }) {
    this.now = options.now
    this.timezone = options.timezone
  }

  async start(bus: Bus, onError: (error: unknown) => void): Promise<void> {
    this.bus = bus
    await this.load(undefined)
    bus.subscribe('knowledge', ({ ids }) => void this.load(ids).catch(onError))
  }

  get synonymGroups(): SynonymGroup[] {
    return this.synonyms
  }

  /** These entries changed; without ids, something all of them rest on. Resolves when answers say so. */
  async changed(ids?: string[]): Promise<void> {
    this.bus?.publish('knowledge', ids ? { ids } : {})
    await this.loading
  }

  search(text: string, lang: string, top: number): Hit[] {
    return this.index.search(text, lang, top, localDate(this.now(), this.timezone))
  }

  try(text: string, lang: string, top: number): Hit[] {
    return this.drafts.search(text, lang, top)
  }

  /** Searches for a visitor, and remembers the question when nothing fits. */
  async answer(text: string, lang: string, top: number): Promise<Hit[]> {
    const hits = this.search(text, lang, top)
    if ((hits[0]?.score ?? 0) < ANSWERED_SCORE) await keepMiss(text, lang, this.now())
    return hits
  }

  /** Entries that answer the same question. */
  alike(asked: Asked): Alike[] {
    return alikeEntries(asked, (text, lang, top) => this.drafts.search(text, lang, top))
  }

  /** Is this one of the wordings of an entry? */
  isWording(text: string, lang: string): boolean {
    const wanted = normalise(text)
    const entry = this.drafts.search(text, lang, 1)[0]?.entry
    const wordings = [entry?.question[lang] ?? '', ...(entry?.variants?.[lang] ?? [])]
    return wordings.some((wording) => normalise(wording) === wanted)
  }

  /** One load at a time: an older answer of the store must not overwrite a newer one. */
  private load(ids: string[] | undefined): Promise<void> {
    const next = this.loading
      .catch(() => undefined)
      .then(() => (ids ? this.reload(ids) : this.rebuild()))
    this.loading = next
    return next
  }

  private async reload(ids: string[]): Promise<void> {
    const stored = await KnowledgeModel.find({ _id: { $in: ids } }, { history: 0 }).lean<
      StoredEntry[]
    >()
    for (const index of [this.index, this.drafts]) index.remove(ids)
    this.put(stored, this.index, this.drafts)
  }

  private async rebuild(): Promise<void> {
    const groups = await listSynonyms()
    const stored = await KnowledgeModel.find({}, { history: 0 }).lean<StoredEntry[]>()
    const synonyms = groups.map(({ words }) => words)
    const index = createIndex([], { synonyms })
    const drafts = createIndex([], { synonyms, unapproved: true })
    for (let at = 0; at < stored.length; at += SLICE) {
      this.put(stored.slice(at, at + SLICE), index, drafts)
      await setImmediate()
    }
    ;[this.index, this.drafts, this.synonyms] = [index, drafts, synonyms]
  }

  private put(stored: StoredEntry[], index: FaqIndex, drafts: FaqIndex): void {
    for (const entry of stored) {
      if (entry.removedAt) continue
      const live = liveOf(entry)
      if (live) index.put([toEntry(entry, live, true)])
      drafts.put([toEntry(entry, contentOf(entry), entry.approved)])
    }
  }
}

function toEntry(stored: StoredEntry, content: EntryContent, approved: boolean): KnowledgeEntry {
  const { _id, category, source } = stored
  return { id: _id, category, source, approved, ...content }
}
