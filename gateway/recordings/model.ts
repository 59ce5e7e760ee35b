import mongoose from 'mongoose'
import type { Recording, RecordingAccess } from './recording.ts'

const { Schema, model } = mongoose
const { Mixed } = Schema.Types
const plain = { versionKey: false, minimize: false } as const

const recordingSchema = new Schema<Recording>(
  {
    _id: String,
    kind: String,
    conversationId: String,
    legId: String,
    contactId: String,
    agentIds: [String],
    queueId: String,
    number: String,
    startedAt: Date,
    endedAt: Date,
    durationMs: Number,
    bytes: Number,
    state: String,
    file: String,
    pauses: [Mixed],
  },
  { ...plain, collection: 'recordings' },
)
recordingSchema.index({ startedAt: -1 })
recordingSchema.index({ conversationId: 1, startedAt: 1 })
recordingSchema.index({ contactId: 1, startedAt: -1 })
recordingSchema.index({ agentIds: 1, startedAt: -1 })
recordingSchema.index({ state: 1, startedAt: 1 })
export const RecordingModel = model<Recording>('Recording', recordingSchema)

const accessSchema = new Schema<RecordingAccess>(
  {
    _id: String,
    recordingId: String,
    staffId: String,
    name: String,
    what: String,
    from: String,
    at: Date,
    lastAt: Date,
    requests: Number,
  },
  { ...plain, collection: 'recordingAccesses' },
)
accessSchema.index({ recordingId: 1, at: -1 })
export const RecordingAccessModel = model<RecordingAccess>('RecordingAccess', accessSchema)
