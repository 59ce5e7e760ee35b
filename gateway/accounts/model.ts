/** What a channel remembers of an account, and the texts its provider approved. */
import mongoose from 'mongoose'

const { Schema, model } = mongoose
const { Mixed } = Schema.Types
const plain = { versionKey: false, minimize: false } as const

export interface StoredState {
  /** `accountId|key` */
  _id: string
  accountId: string
  value?: unknown
  leaseOwner?: string
  leaseUntil?: Date
}
const stateSchema = new Schema<StoredState>(
  { _id: String, accountId: String, value: Mixed, leaseOwner: String, leaseUntil: Date },
  { ...plain, collection: 'accountStates' },
)
stateSchema.index({ accountId: 1 })
export const AccountStateModel = model<StoredState>('AccountState', stateSchema)

export interface Template {
  _id: string
  accountId: string
  name: string
  providerId: string
  text: string
  params: { key: string; label: string }[]
  url?: string
  use: 'template' | 'subscribe'
  version: number
}
const templateSchema = new Schema<Template>(
  {
    _id: String,
    accountId: String,
    name: String,
    providerId: String,
    text: String,
    params: [Mixed],
    url: String,
    use: String,
    version: Number,
  },
  { ...plain, collection: 'templates' },
)
templateSchema.index({ accountId: 1, name: 1 }, { unique: true })
export const TemplateModel = model<Template>('Template', templateSchema)
