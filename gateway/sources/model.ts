import mongoose from 'mongoose'
import type { CreateSourceBody } from './schema.ts'

const { Schema, model } = mongoose
const { Mixed } = Schema.Types
const plain = { versionKey: false, minimize: false } as const

type WithoutId<T> = T extends unknown ? Omit<T, 'id' | 'secret'> : never
export type SourceDefinition = WithoutId<CreateSourceBody>

export type StoredSource = SourceDefinition & {
  _id: string
  /** the password, key or token (store/sealed.ts) */
  sealed?: string
  version: number
  updatedAt: Date
  updatedBy: string
}

const sourceSchema = new Schema(
  {
    _id: String,
    name: Mixed,
    note: String,
    kind: String,
    settings: Mixed,
    parameters: [Mixed],
    mapping: Mixed,
    cacheSeconds: Number,
    staleSeconds: Number,
    timeoutMs: Number,
    fallback: String,
    seen: Mixed,
    sealed: String,
    version: Number,
    updatedAt: Date,
    updatedBy: String,
  },
  { ...plain, collection: 'sources' },
)
export const SourceModel = model('Source', sourceSchema)
