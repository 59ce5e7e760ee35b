/** BCP-47 language tag, e.g. `zh-CN`, `en`. */
export type Lang = string

/** One answer the hotline can give by itself, with every way people ask for it. */
export interface KnowledgeEntry {
  id: string
  category: string
  question: Record<Lang, string>
  /** Other wordings of the question, as real people say them. */
  variants?: Record<Lang, string[]>
  answer: Record<Lang, string>
  /** Names and terms that point here in any language; they also feed the pinyin repair. */
  keywords?: string[]
  /** Organisation and title of the page or notice the answer rests on. */
  source: string
  /** Local ISO dates, both included; outside of them the entry is not found. */
  validFrom?: string
  validUntil?: string
  /** Only approved entries are ever said to a visitor. */
  approved: boolean
}
