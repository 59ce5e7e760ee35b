import mongoose from 'mongoose'
import type { KnowledgeEntry } from '../../bots/nlu/entry.ts'
import type { Role } from '../domain/staff.ts'

const { Schema, model } = mongoose
const { Mixed } = Schema.Types
const plain = { versionKey: false, minimize: false } as const

/** Who did something, as they were then. */
export interface Editor {
  id: string
  name: string
  role: Role
}

/** What a caller may be told, and so what needs approval. */
export type EntryContent = Pick<
  KnowledgeEntry,
  'question' | 'variants' | 'answer' | 'keywords' | 'validFrom' | 'validUntil'
>

export type Deed = 'create' | 'edit' | 'approve' | 'withdraw' | 'remove' | 'undo' | 'import'

/** One line of an entry's history; `before` is what stood until then. */
export interface EntryChange {
  /** the version this change made */
  version: number
  at: Date
  by: Editor
  did: Deed
  note?: string
  before?: EntryContent & { category: string; source: string; approved: boolean }
}

export interface StoredEntry extends EntryContent {
  _id: string
  category: string
  source: string
  /** the content as it stands is the one that was approved */
  approved: boolean
  /** what callers are told while a newer wording waits for approval */
  live?: EntryContent
  approval?: { by: Editor; at: Date; note?: string }
  /** whose wording it is */
  changedBy?: Editor
  version: number
  updatedAt: Date
  /** taken out; kept so that it can be put back */
  removedAt?: Date
  history?: EntryChange[]
}

const entrySchema = new Schema<StoredEntry>(
  {
    _id: String,
    category: String,
    question: Mixed,
    variants: Mixed,
    answer: Mixed,
    keywords: Mixed,
    source: String,
    validFrom: String,
    validUntil: String,
    approved: Boolean,
    live: Mixed,
    approval: Mixed,
    changedBy: Mixed,
    version: Number,
    updatedAt: Date,
    removedAt: Date,
    history: [Mixed],
  },
  { ...plain, collection: 'knowledge' },
)
entrySchema.index({ category: 1 })
export const KnowledgeModel = model<StoredEntry>('Knowledge', entrySchema)

export interface Category {
  _id: string
  name: { zh: string; en: string }
  order: number
  version: number
}
const categorySchema = new Schema<Category>(
  { _id: String, name: Mixed, order: Number, version: Number },
  { ...plain, collection: 'knowledgeCategories' },
)
export const CategoryModel = model<Category>('KnowledgeCategory', categorySchema)

/** Words and phrases that mean the same to a caller, in any mix of languages. */
export interface StoredSynonyms {
  _id: string
  words: string[]
  version: number
}
const synonymsSchema = new Schema<StoredSynonyms>(
  { _id: String, words: [String], version: Number },
  { ...plain, collection: 'knowledgeSynonyms' },
)
export const SynonymsModel = model<StoredSynonyms>('KnowledgeSynonyms', synonymsSchema)

/** What people asked and nobody answered, counted by wording. */
export interface Miss {
  _id: string
  text: string
  lang: string
  count: number
  lastAt: Date
  /** looked at and found to be no matter of ours; asked again it stays off the list */
  dismissed?: boolean
}
const missSchema = new Schema<Miss>(
  { _id: String, text: String, lang: String, count: Number, lastAt: Date, dismissed: Boolean },
  { ...plain, collection: 'knowledgeMisses' },
)
missSchema.index({ count: -1, lastAt: -1 })
export const MissModel = model<Miss>('KnowledgeMiss', missSchema)
