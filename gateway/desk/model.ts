import mongoose from 'mongoose'

const { Schema, model } = mongoose
const { Mixed } = Schema.Types
const plain = { versionKey: false, minimize: false } as const

export interface CannedReply {
  _id: string
  shortcut: string
  title: string
  text: Record<string, string>
}
const cannedSchema = new Schema<CannedReply>(
  { _id: String, shortcut: String, title: String, text: Mixed },
  { ...plain, collection: 'cannedReplies' },
)
cannedSchema.index({ shortcut: 1 }, { unique: true })
export const CannedReplyModel = model<CannedReply>('CannedReply', cannedSchema)

/** Small settings that are one document each, by name. */
export interface Setting {
  _id: string
  value: unknown
}
export const SettingModel = model<Setting>(
  'Setting',
  new Schema<Setting>({ _id: String, value: Mixed }, { ...plain, collection: 'settings' }),
)
