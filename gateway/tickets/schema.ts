import { z } from 'zod'
import { epochMs } from '../api/route.ts'
import { ticketStatuses } from '../domain/ticket.ts'

const status = z.enum(ticketStatuses as ['open', 'assigned', 'processing', 'resolved', 'closed'])

export const ticketEntryView = z.object({
  atMs: z.number(),
  by: z.object({ kind: z.string(), id: z.string(), name: z.string() }),
  status: status.optional(),
  reply: z.string().optional(),
  note: z.string().optional(),
})
export const ticketView = z.object({
  id: z.string(),
  serial: z.string(),
  kind: z.string(),
  status,
  contactId: z.string(),
  contactName: z.string().optional(),
  conversationId: z.string().optional(),
  channel: z.string(),
  department: z.string().optional(),
  assigneeId: z.string().optional(),
  title: z.string(),
  fields: z.record(z.string(), z.unknown()),
  log: z.array(ticketEntryView),
  dueAtMs: z.number().optional(),
  version: z.number(),
  createdAtMs: z.number(),
  updatedAtMs: z.number(),
})
export type TicketView = z.infer<typeof ticketView>

export const ticketKindView = z.object({
  id: z.string().regex(/^[a-z][a-z0-9_-]{0,62}$/),
  name: z.object({ zh: z.string(), en: z.string() }),
  /** first letters of the serial number */
  prefix: z.string().regex(/^[A-Z]{1,3}$/),
  /** hours until due */
  dueHours: z
    .number()
    .int()
    .min(1)
    .max(24 * 365),
  department: z.string().max(64).optional(),
  fields: z.array(
    z.object({
      id: z.string(),
      name: z.object({ zh: z.string(), en: z.string() }),
      required: z.boolean(),
    }),
  ),
})
export type TicketKindView = z.infer<typeof ticketKindView>

export const listTicketsQuery = z.object({
  q: z.string().max(100).optional(),
  status: status.optional(),
  kind: z.string().max(64).optional(),
  contactId: z.string().max(64).optional(),
  /** page by the last ticket's createdAtMs */
  beforeMs: epochMs.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})
export const createTicketBody = z.object({
  /** made by the client: the same one again answers the ticket it made */
  key: z
    .string()
    .regex(/^[A-Za-z0-9_-]{8,64}$/)
    .optional(),
  kind: z.string().max(64),
  contactId: z.string().max(64),
  conversationId: z.string().max(64).optional(),
  title: z.string().trim().min(1).max(200),
  fields: z
    .record(z.string().max(64), z.union([z.string().max(4000), z.number(), z.boolean()]))
    .default({}),
  department: z.string().max(64).optional(),
})
export const updateTicketBody = z.object({
  version: z.number().int(),
  status: status.optional(),
  department: z.string().max(64).optional(),
  assigneeId: z.string().max(64).nullable().optional(),
  title: z.string().trim().min(1).max(200).optional(),
  /** told to the contact */
  reply: z.string().trim().max(2000).optional(),
  /** staff only */
  note: z.string().trim().max(2000).optional(),
})
