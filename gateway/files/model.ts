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
