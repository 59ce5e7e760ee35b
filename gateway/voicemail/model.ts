import mongoose from 'mongoose'
import type { Mailbox, Voicemail } from './voicemail.ts'

const { Schema, model } = mongoose
const { Mixed } = Schema.Types
const plain = { versionKey: false, minimize: false } as const

const voicemailSchema = new Schema<Voicemail>(
  {
    _id: String,
    mailbox: String,
    conversationId: String,
    contactId: String,
    number: String,
    seconds: Number,
    recordingId: String,
    written: Boolean,
    transcript: String,
    leftAt: Date,
    state: String,
    assignedTo: String,
    note: String,
    version: Number,
  },
  { ...plain, collection: 'voicemails' },
)
// one recording is one message, however often it is handed in
voicemailSchema.index({ recordingId: 1 }, { unique: true })
voicemailSchema.index({ mailbox: 1, state: 1, leftAt: -1 })
voicemailSchema.index({ contactId: 1, leftAt: -1 })
voicemailSchema.index({ leftAt: -1 })
export const VoicemailModel = model<Voicemail>('Voicemail', voicemailSchema)

export const MailboxModel = model<Mailbox>(
  'Mailbox',
  new Schema<Mailbox>(
    { _id: String, name: Mixed, queueIds: [String], memberIds: [String], version: Number },
    { ...plain, collection: 'mailboxes' },
  ),
)
