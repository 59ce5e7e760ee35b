import mongoose from 'mongoose'

const { Schema, model } = mongoose
const plain = { versionKey: false, minimize: false } as const

/** A file of gateway/files that is played to callers: a prompt, or music. */
export interface PromptRecording {
  /** blobId of the file */
  _id: string
  name: string
  /** of the file as it was uploaded */
  sha256: string
  bytes: number
  durationMs: number
  /** how it came here */
  origin: 'upload' | 'synthesis'
  by: string
  at: Date
}
const recordingSchema = new Schema<PromptRecording>(
  {
    _id: String,
    name: String,
    sha256: String,
    bytes: Number,
    durationMs: Number,
    origin: String,
    by: String,
    at: Date,
  },
  { ...plain, collection: 'promptRecordings' },
)
recordingSchema.index({ at: -1 })
export const PromptRecordingModel = model<PromptRecording>('PromptRecording', recordingSchema)

/** Music while one waits or is held, or what is heard before the hotline answers; several pieces in turn. */
export interface Tune {
  _id: string
  name: string
  kind: 'hold' | 'ringback'
  /** blobIds */
  pieces: string[]
  /** of kind hold: heard where nothing else is chosen; at most one */
  isDefault: boolean
  version: number
}
const tuneSchema = new Schema<Tune>(
  {
    _id: String,
    name: String,
    kind: String,
    pieces: [String],
    isDefault: Boolean,
    version: Number,
  },
  { ...plain, collection: 'tunes' },
)
export const TuneModel = model<Tune>('Tune', tuneSchema)
