/** Complaints and requests: made once per key, numbered by day, followed by their serial number. */
import type { Bus } from '../bus/bus.ts'
import { localDate } from '../domain/local-time.ts'
import type { Ticket, TicketEntry, TicketStatus } from '../domain/ticket.ts'
import { mayBecome, normaliseSerial, serialNumber } from '../domain/ticket.ts'
import { fail } from '../errors.ts'
import { newId } from '../store/id.ts'
import type { TicketKind } from './model.ts'
import { SerialCounterModel, TicketKindModel, TicketModel } from './model.ts'

const DEFAULT_DUE_HOURS = 72
const HOUR_MS = 3_600_000

export interface NewTicket {
  kind: string
  /** a repeated request with the same key answers the ticket it made */
  key: string
  contactId: string
  conversationId?: string
  channel: string
  title: string
  fields: Record<string, unknown>
  department?: string
  by: TicketEntry['by']
}

export interface TicketUpdate {
  version: number
  status?: TicketStatus
  department?: string
  assigneeId?: string | null
  title?: string
  reply?: string
  note?: string
}

export interface TicketsOptions {
  bus: Bus
  now: () => number
  timezone: string
}

export class Tickets {
  private readonly options: TicketsOptions

  constructor(options: TicketsOptions) {
    this.options = options
  }

  async create(request: NewTicket): Promise<Ticket> {
    const existing = await TicketModel.findOne({ key: request.key }).lean<Ticket>()
    if (existing) return existing
    const nowMs = this.options.now()
    const at = new Date(nowMs)
    const kind = await TicketKindModel.findById(request.kind).lean<TicketKind>()
    const department = request.department ?? kind?.department
    const ticket: Ticket = {
      _id: newId(),
      serial: await this.nextSerial(kind?.prefix ?? 'T', nowMs),
      key: request.key,
      kind: request.kind,
      status: 'open',
      contactId: request.contactId,
      channel: request.channel,
      title: request.title,
      fields: request.fields,
      log: [{ at, by: request.by, status: 'open' }],
      dueAt: new Date(nowMs + (kind?.dueHours ?? DEFAULT_DUE_HOURS) * HOUR_MS),
      version: 1,
      createdAt: at,
      updatedAt: at,
      ...(request.conversationId && { conversationId: request.conversationId }),
      ...(department && { department }),
    }
    try {
      await TicketModel.create(ticket)
    } catch (error) {
      // two requests with one key at the same moment: the first one's ticket is the ticket
      const winner = await TicketModel.findOne({ key: request.key }).lean<Ticket>()
      if (winner) return winner
      throw error
    }
    this.options.bus.publish('ticket', { ticketId: ticket._id, created: true })
    return ticket
  }

  /** By serial number as people type it, or by id. */
  async find(serialOrId: string): Promise<Ticket | undefined> {
    const found = await TicketModel.findOne({
      $or: [{ serial: normaliseSerial(serialOrId) }, { _id: serialOrId }],
    }).lean<Ticket>()
    return found ?? undefined
  }

  async update(id: string, update: TicketUpdate, by: TicketEntry['by']): Promise<Ticket> {
    const ticket = (await this.find(id)) ?? fail('NOT_FOUND')
    if (ticket.version !== update.version) fail('CONFLICT')
    if (update.status && !mayBecome(ticket.status, update.status)) fail('WRONG_STATE')
    const at = new Date(this.options.now())
    const changedStatus =
      update.status && update.status !== ticket.status ? update.status : undefined
    const entry: TicketEntry | undefined =
      changedStatus || update.reply || update.note
        ? {
            at,
            by,
            ...(changedStatus && { status: changedStatus }),
            ...(update.reply && { reply: update.reply }),
            ...(update.note && { note: update.note }),
          }
        : undefined
    const updated = await TicketModel.findOneAndUpdate(
      { _id: ticket._id, version: update.version },
      {
        $set: {
          updatedAt: at,
          ...(update.status && { status: update.status }),
          ...(update.department !== undefined && { department: update.department }),
          ...(update.title && { title: update.title }),
          ...(update.assigneeId && { assigneeId: update.assigneeId }),
        },
        ...(update.assigneeId === null && { $unset: { assigneeId: '' } }),
        ...(entry && { $push: { log: entry } }),
        $inc: { version: 1 },
      },
      { returnDocument: 'after' },
    ).lean<Ticket>()
    if (!updated) fail('CONFLICT')
    this.options.bus.publish('ticket', { ticketId: ticket._id, created: false })
    return updated
  }

  /** A further word of the contact on an existing ticket, once per key. */
  async append(
    serial: string,
    text: string,
    key: string,
    by: TicketEntry['by'],
  ): Promise<Ticket | undefined> {
    const ticket = await this.find(serial)
    if (!ticket) return undefined
    const entry = { at: new Date(this.options.now()), by, note: text, key }
    await TicketModel.updateOne(
      { _id: ticket._id, 'log.key': { $ne: key } },
      { $push: { log: entry }, $inc: { version: 1 }, $set: { updatedAt: entry.at } },
    )
    return this.find(ticket._id)
  }

  private async nextSerial(prefix: string, nowMs: number): Promise<string> {
    const date = localDate(nowMs, this.options.timezone)
    const counter = await SerialCounterModel.findOneAndUpdate(
      { _id: `${prefix}${date}` },
      { $inc: { count: 1 } },
      { upsert: true, returnDocument: 'after' },
    ).lean<{ count: number }>()
    return serialNumber(prefix, date, counter!.count)
  }
}
