import mongoose from 'mongoose'
import type { Contact, Identity, IdentityEvent, MergeEvent } from '../domain/contact.ts'

const { Schema, model } = mongoose
const { Mixed } = Schema.Types
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
    provenAt: Date,
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
contactSchema.index({ email: 1 }, { sparse: true })
contactSchema.index({ name: 1 }, { sparse: true })
contactSchema.index({ mergedInto: 1 }, { sparse: true })
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
    filled: Mixed,
    at: Date,
    doneAt: Date,
    undoneAt: Date,
    undoneBy: String,
    partedAt: Date,
  },
  { ...plain, collection: 'merges' },
)
mergeSchema.index({ winnerId: 1, at: -1 })
mergeSchema.index({ loserId: 1, at: -1 })
export const MergeModel = model<MergeEvent>('Merge', mergeSchema)

const identityEventSchema = new Schema<IdentityEvent>(
  {
    _id: String,
    contactId: String,
    identityId: String,
    kind: String,
    scope: String,
    value: String,
    fromContactId: String,
    how: String,
    by: String,
    at: Date,
  },
  { ...plain, collection: 'identityEvents' },
)
identityEventSchema.index({ contactId: 1, at: -1 })
identityEventSchema.index({ fromContactId: 1, at: -1 }, { sparse: true })
identityEventSchema.index({ value: 1 })
export const IdentityEventModel = model<IdentityEvent>('IdentityEvent', identityEventSchema)

/** A colleague says that two contacts are not one person, for all that spoke for it then. */
export interface DismissedSuggestion {
  /** both ids, the smaller one first, `|` between */
  _id: string
  reasons: string[]
  by: string
  at: Date
}
export const DismissedSuggestionModel = model<DismissedSuggestion>(
  'DismissedSuggestion',
  new Schema<DismissedSuggestion>(
    { _id: String, reasons: [String], by: String, at: Date },
    { ...plain, collection: 'dismissedSuggestions' },
  ),
)

/** A code sent to a telephone; only its newest counts. */
export interface OneTimeCode {
  _id: string
  contactId: string
  phone: string
  /** of whoever asked for it; the same one is one code */
  key: string
  /** HMAC-SHA256 of id and code: six digits alone are soon guessed */
  hash: string
  attempts: number
  at: Date
  expiresAt: Date
  /** the network took it */
  sentAt?: Date
  usedAt?: Date
}
const oneTimeCodeSchema = new Schema<OneTimeCode>(
  {
    _id: String,
    contactId: String,
    phone: String,
    key: String,
    hash: String,
    attempts: Number,
    at: Date,
    expiresAt: Date,
    sentAt: Date,
    usedAt: Date,
  },
  { ...plain, collection: 'oneTimeCodes' },
)
oneTimeCodeSchema.index({ key: 1 }, { unique: true })
oneTimeCodeSchema.index({ phone: 1, at: -1 })
oneTimeCodeSchema.index({ contactId: 1, at: -1 })
// what is counted per day is kept for a day
oneTimeCodeSchema.index({ at: 1 }, { expireAfterSeconds: 86_400 })
export const OneTimeCodeModel = model<OneTimeCode>('OneTimeCode', oneTimeCodeSchema)
