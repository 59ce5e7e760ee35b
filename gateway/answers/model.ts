import mongoose from 'mongoose'

const { Schema, model } = mongoose

/** The one document of this room. */
export interface AnswerSettings {
  _id: 'model'
  enabled: boolean
  /** also on calls, where the caller hears nothing while it works */
  onCalls: boolean
  baseUrl: string
  model: string
  timeoutMs: number
  maxChars: number
  sealedKey?: string
  version: number
}

const settingsSchema = new Schema<AnswerSettings>(
  {
    _id: String,
    enabled: Boolean,
    onCalls: Boolean,
    baseUrl: String,
    model: String,
    timeoutMs: Number,
    maxChars: Number,
    sealedKey: String,
    version: Number,
  },
  { versionKey: false, collection: 'answerModel' },
)
export const AnswerSettingsModel = model<AnswerSettings>('AnswerSettings', settingsSchema)
