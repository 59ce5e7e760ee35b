import mongoose from 'mongoose'

const { Schema, model } = mongoose
const plain = { versionKey: false, minimize: false } as const

/** A file somebody sent. The bytes lie in the data folder under their SHA-256, each content once. */
export interface StoredFile {
  _id: string
  sha256: string
  name: string
  mime: string
  bytes: number
  kind: 'image' | 'audio' | 'video' | 'file'
  by: string
  at: Date
}
const fileSchema = new Schema<StoredFile>(
  {
    _id: String,
    sha256: String,
    name: String,
    mime: String,
    bytes: Number,
    kind: String,
    by: String,
    at: Date,
  },
  { ...plain, collection: 'files' },
)
export const FileModel = model<StoredFile>('File', fileSchema)

/** A file a provider holds for us; it becomes the StoredFile of the same id once it is fetched. */
export interface PromisedFile {
  _id: string
  accountId: string
  kind: StoredFile['kind']
  /** what the channel fetches it by */
  ref: string
  name: string
  state: 'waiting' | 'done' | 'failed'
  attempts: number
  notBefore: Date
  error?: string
}
const promisedFileSchema = new Schema<PromisedFile>(
  {
    _id: String,
    accountId: String,
    kind: String,
    ref: String,
    name: String,
    state: String,
    attempts: Number,
    notBefore: Date,
    error: String,
  },
  { ...plain, collection: 'promisedFiles' },
)
promisedFileSchema.index({ state: 1 })
// providers forget within days, and so may we
promisedFileSchema.index({ notBefore: 1 }, { expireAfterSeconds: 14 * 86_400 })
export const PromisedFileModel = model<PromisedFile>('PromisedFile', promisedFileSchema)
