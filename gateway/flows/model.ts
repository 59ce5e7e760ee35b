import mongoose from 'mongoose'
import type { FlowDoc } from '../../bots/flow/schema.ts'
import type { Split } from './split.ts'

const { Schema, model } = mongoose
const { Mixed } = Schema.Types
const plain = { versionKey: false, minimize: false } as const

/** Somebody made a version live, split the conversations between two, or ended the split. */
export interface Pointed {
  version: number
  by: string
  note: string
  at: Date
  /** the other version and its share, where the conversations were split */
  split?: Split
}

/** The head of a flow: its draft and the pointer to what is live. */
export interface FlowHead {
  _id: string
  name: string
  kind: 'main' | 'sub'
  draft: FlowDoc
  draftVersion: number
  /** highest version number given so far */
  lastVersion: number
  liveVersion?: number
  /** a share of the new conversations begins with this version instead of the live one */
  split?: Split
  /** who made which version live, when and why: publishing, rolling back, splitting */
  pointed?: Pointed[]
  updatedAt: Date
  updatedBy: string
  /** put away, and gone for good KEPT_DAYS later */
  deletedAt?: Date
  deletedBy?: string
}
export const FlowModel = model<FlowHead>(
  'Flow',
  new Schema<FlowHead>(
    {
      _id: String,
      name: String,
      kind: String,
      draft: Mixed,
      draftVersion: Number,
      lastVersion: Number,
      liveVersion: Number,
      split: Mixed,
      pointed: { type: [Mixed], default: undefined },
      updatedAt: Date,
      updatedBy: String,
      deletedAt: Date,
      deletedBy: String,
    },
    { ...plain, collection: 'flows' },
  ),
)

/** A published version; never changed, and kept while a conversation pins it. */
export interface FlowVersion {
  _id: string
  flowId: string
  version: number
  hash: string
  doc: FlowDoc
  by: string
  at: Date
  note: string
}
const versionSchema = new Schema<FlowVersion>(
  {
    _id: String,
    flowId: String,
    version: Number,
    hash: String,
    doc: Mixed,
    by: String,
    at: Date,
    note: String,
  },
  { ...plain, collection: 'flowVersions' },
)
versionSchema.index({ flowId: 1, version: -1 }, { unique: true })
export const FlowVersionModel = model<FlowVersion>('FlowVersion', versionSchema)
