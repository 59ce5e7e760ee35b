import mongoose from 'mongoose'
import type { Ticket } from '../domain/ticket.ts'

const { Schema, model } = mongoose
const { Mixed } = Schema.Types
const plain = { versionKey: false, minimize: false } as const

const ticketSchema = new Schema<Ticket>(
  {
    _id: String,
    serial: String,
    key: String,
    kind: String,
    status: String,
    contactId: String,
    conversationId: String,
    channel: String,
    department: String,
    assigneeId: String,
    title: String,
    fields: Mixed,
    log: [Mixed],
    dueAt: Date,
    version: Number,
    createdAt: Date,
    updatedAt: Date,
  },
  { ...plain, collection: 'tickets' },
)
ticketSchema.index({ serial: 1 }, { unique: true })
ticketSchema.index({ key: 1 }, { unique: true })
ticketSchema.index({ contactId: 1, createdAt: -1 })
ticketSchema.index({ status: 1, createdAt: -1 })
ticketSchema.index({ createdAt: -1 })
export const TicketModel = model<Ticket>('Ticket', ticketSchema)

export interface TicketKind {
  _id: string
  name: { zh: string; en: string }
  prefix: string
  dueHours: number
  department?: string
  fields: { id: string; name: { zh: string; en: string }; required: boolean }[]
}
export const TicketKindModel = model<TicketKind>(
  'TicketKind',
  new Schema<TicketKind>(
    {
      _id: String,
      name: Mixed,
      prefix: String,
      dueHours: Number,
      department: String,
      fields: [Mixed],
    },
    { ...plain, collection: 'ticketKinds' },
  ),
)

/** One counter per prefix and local day; `$inc` on it is the only source of serial numbers. */
export interface SerialCounter {
  _id: string
  count: number
}
export const SerialCounterModel = model<SerialCounter>(
  'SerialCounter',
  new Schema<SerialCounter>(
    { _id: String, count: Number },
    { ...plain, collection: 'serialCounters' },
  ),
)
