import mongoose from 'mongoose'
import type { Count, Step } from './tally.ts'

const { Schema, model } = mongoose
const { Mixed } = Schema.Types
const plain = { versionKey: false, minimize: false } as const

/**
 * What one process counted in one hour or day. Each flush writes the whole row anew, so that nothing is counted
 * twice however often it is written; who reads adds up the rows of all processes.
 */
export interface StoredMeasures {
  /** process, step, start, flow, version, channel, language */
  _id: string
  flow: string
  version: number
  channel: string
  lang: string
  step: Step
  /** its beginning; of a day: midnight in the hotline's zone */
  at: Date
  counts: Count[]
}
const measuresSchema = new Schema<StoredMeasures>(
  {
    _id: String,
    flow: String,
    version: Number,
    channel: String,
    lang: String,
    step: String,
    at: Date,
    counts: [Mixed],
  },
  { ...plain, collection: 'flowMeasures' },
)
measuresSchema.index({ flow: 1, step: 1, at: 1 })
measuresSchema.index({ step: 1, at: 1 })
export const MeasuresModel = model<StoredMeasures>('FlowMeasures', measuresSchema)

/** What was said where nothing matched, numbers masked. */
export interface StoredWords {
  _id: string
  flow: string
  version: number
  block: string
  text: string
  lang: string
  count: number
  lastAt: Date
  /** the flush that counted last: one repeated after an unclear answer counts once */
  flush: string
}
const wordsSchema = new Schema<StoredWords>(
  {
    _id: String,
    flow: String,
    version: Number,
    block: String,
    text: String,
    lang: String,
    count: Number,
    lastAt: Date,
    flush: String,
  },
  { ...plain, collection: 'flowWords' },
)
wordsSchema.index({ flow: 1, block: 1, count: -1, lastAt: -1 })
wordsSchema.index({ lastAt: 1 })
export const WordsModel = model<StoredWords>('FlowWords', wordsSchema)
