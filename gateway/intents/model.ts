import mongoose from 'mongoose'

const { Schema, model } = mongoose
const { Mixed } = Schema.Types
const plain = { versionKey: false, minimize: false } as const

export interface Name {
  zh: string
  en: string
}

/** Something callers want, and how they say it. */
export interface Intent {
  id: string
  name: Name
  /** by language */
  examples: Record<string, string[]>
  /** words that decide by themselves, wherever they stand */
  keywords: Record<string, string[]>
}

/** A set of intents told apart; what is here is the draft, callers meet version `live`. */
export interface IntentSet {
  _id: string
  name: Name
  intents: Intent[]
  version: number
  /** number of the version callers meet; none until it was trained once */
  live?: number
  /** versions made so far */
  made: number
  updatedAt: Date
}
const intentSetSchema = new Schema<IntentSet>(
  {
    _id: String,
    name: Mixed,
    intents: [Mixed],
    version: Number,
    live: Number,
    made: Number,
    updatedAt: Date,
  },
  { ...plain, collection: 'intentSets' },
)
export const IntentSetModel = model<IntentSet>('IntentSet', intentSetSchema)

/** Frozen when it was trained; never changed. */
export interface IntentVersion {
  _id: string
  setId: string
  number: number
  intents: Intent[]
  at: Date
  by: string
  note: string
  /** of the five-fold trial at that time */
  figures: { asked: number; first: number; amongThree: number }
}
const intentVersionSchema = new Schema<IntentVersion>(
  {
    _id: String,
    setId: String,
    number: Number,
    intents: [Mixed],
    at: Date,
    by: String,
    note: String,
    figures: Mixed,
  },
  { ...plain, collection: 'intentVersions' },
)
intentVersionSchema.index({ setId: 1, number: -1 })
export const IntentVersionModel = model<IntentVersion>('IntentVersion', intentVersionSchema)

/** What callers said and no intent was likely for; numbers of persons are starred. */
export interface Unsorted {
  _id: string
  setId: string
  text: string
  lang: string
  count: number
  lastAt: Date
  /** the likeliest, unlikely as it is */
  likeliest?: string
  dismissed?: boolean
}
const unsortedSchema = new Schema<Unsorted>(
  {
    _id: String,
    setId: String,
    text: String,
    lang: String,
    count: Number,
    lastAt: Date,
    likeliest: String,
    dismissed: Boolean,
  },
  { ...plain, collection: 'intentUnsorted' },
)
unsortedSchema.index({ setId: 1, count: -1 })
export const UnsortedModel = model<Unsorted>('IntentUnsorted', unsortedSchema)
