import mongoose from 'mongoose'
import type { Extension } from './extension.ts'
import type { Trunk } from './trunk.ts'

const { Schema, model } = mongoose
const { Mixed } = Schema.Types
const plain = { versionKey: false, minimize: false } as const

export const TrunkModel = model<Trunk>(
  'Trunk',
  new Schema<Trunk>(
    {
      _id: String,
      name: String,
      host: String,
      port: Number,
      transport: String,
      enabled: Boolean,
      inbound: Mixed,
      outbound: Boolean,
      credentials: Mixed,
      register: Mixed,
      callerNumbers: [String],
      // unset is not empty: it means every number
      dials: { type: [String], default: undefined },
      priority: Number,
      maxCalls: Number,
      version: Number,
    } as never,
    { ...plain, collection: 'trunks' },
  ),
)

export const ExtensionModel = model<Extension>(
  'Extension',
  new Schema<Extension>(
    {
      _id: String,
      name: String,
      staffId: String,
      md5: String,
      sha256: String,
      enabled: Boolean,
      version: Number,
    },
    { ...plain, collection: 'extensions' },
  ),
)
