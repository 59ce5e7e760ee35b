import mongoose from 'mongoose'
import type { KnowledgeEntry } from '../../bots/nlu/entry.ts'

const { Schema, model } = mongoose
const { Mixed } = Schema.Types
const plain = { versionKey: false, minimize: false } as const

export type StoredEntry = Omit<KnowledgeEntry, 'id'> & {
  _id: string
  version: number
  updatedAt: Date
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
    version: Number,
    updatedAt: Date,
  },
  { ...plain, collection: 'knowledge' },
)
entrySchema.index({ category: 1 })
export const KnowledgeModel = model<StoredEntry>('Knowledge', entrySchema)

/** What people asked and nobody answered, counted by wording. */
export interface Miss {
  _id: string
  text: string
  lang: string
  count: number
  lastAt: Date
}
const missSchema = new Schema<Miss>(
  { _id: String, text: String, lang: String, count: Number, lastAt: Date },
  { ...plain, collection: 'knowledgeMisses' },
)
missSchema.index({ count: -1, lastAt: -1 })
export const MissModel = model<Miss>('KnowledgeMiss', missSchema)
