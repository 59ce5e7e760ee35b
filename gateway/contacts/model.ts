import mongoose from 'mongoose'
import type { Contact, Identity, MergeEvent } from '../domain/contact.ts'

const { Schema, model } = mongoose
const plain = { versionKey: false, minimize: false } as const

const identitySchema = new Schema<Identity>(
  {
    _id: String,
    contactId: String,
    kind: String,
    scope: String,
    value: String,
    assurance: String,
    firstSeenAt: Date,
    lastSeenAt: Date,
  },
  { ...plain, collection: 'identities' },
)
identitySchema.index({ kind: 1, scope: 1, value: 1 }, { unique: true })
identitySchema.index({ contactId: 1 })
export const IdentityModel = model<Identity>('Identity', identitySchema)

const contactSchema = new Schema<Contact>(
  {
    _id: String,
    name: String,
    phone: String,
    email: String,
    lang: String,
    vip: Boolean,
    notes: String,
    mergedInto: String,
    version: Number,
    createdAt: Date,
    updatedAt: Date,
  },
  { ...plain, collection: 'contacts' },
)
contactSchema.index({ phone: 1 }, { sparse: true })
contactSchema.index({ name: 1 }, { sparse: true })
contactSchema.index({ updatedAt: -1 })
export const ContactModel = model<Contact>('Contact', contactSchema)

const mergeSchema = new Schema<MergeEvent>(
  {
    _id: String,
    winnerId: String,
    loserId: String,
    rule: String,
    by: String,
    movedIdentityIds: [String],
    movedConversationIds: [String],
    movedTicketIds: [String],
    at: Date,
    undoneAt: Date,
  },
  { ...plain, collection: 'merges' },
)
mergeSchema.index({ winnerId: 1, at: -1 })
export const MergeModel = model<MergeEvent>('Merge', mergeSchema)
