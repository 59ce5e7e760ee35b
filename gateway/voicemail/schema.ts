import { z } from 'zod'
import { epochMs } from '../api/route.ts'

const key = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,62}$/)
const state = z.enum(['new', 'heard', 'done'])
const version = z.number().int()

export const voicemailView = z.object({
  id: z.string(),
  mailbox: z.string(),
  conversationId: z.string(),
  contactId: z.string(),
  contactName: z.string().optional(),
  /** to call back; absent when nobody knows it */
  number: z.string().optional(),
  seconds: z.number(),
  /** absent: it was left in writing, and `transcript` is all of it */
  recordingId: z.string().optional(),
  transcript: z.string().optional(),
  leftAtMs: z.number(),
  state,
  assignedTo: z.string().optional(),
  note: z.string(),
  version,
})
export type VoicemailView = z.infer<typeof voicemailView>

export const listVoicemailsQuery = z.object({
  mailbox: z.string().max(64).optional(),
  /** 'open': new and heard */
  state: z.enum(['new', 'heard', 'done', 'open']).optional(),
  assignedTo: z.string().max(64).optional(),
  contactId: z.string().max(64).optional(),
  /** page by the last one's leftAtMs */
  beforeMs: epochMs.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})
export type ListVoicemailsQuery = z.infer<typeof listVoicemailsQuery>
export const updateVoicemailBody = z.object({
  version,
  state: state.optional(),
  assignedTo: z.string().max(64).nullable().optional(),
  note: z.string().trim().max(2000).optional(),
})
export type UpdateVoicemailBody = z.infer<typeof updateVoicemailBody>

/** What the light shows: messages nobody has heard, per mailbox the asker sees. */
export const voicemailSummaryView = z.object({
  new: z.number(),
  mailboxes: z.array(
    z.object({
      id: z.string(),
      name: z.object({ zh: z.string(), en: z.string() }),
      new: z.number(),
      open: z.number(),
    }),
  ),
})
export type VoicemailSummaryView = z.infer<typeof voicemailSummaryView>

const mailboxFields = {
  name: z.object({
    zh: z.string().trim().min(1).max(64),
    en: z.string().trim().min(1).max(64),
  }),
  queueIds: z.array(z.string().max(64)).max(200),
  memberIds: z.array(z.string().max(64)).max(500),
}
export const mailboxView = z.object({ id: key, ...mailboxFields, version })
export type MailboxView = z.infer<typeof mailboxView>
export const createMailboxBody = z.object({
  id: key,
  name: mailboxFields.name,
  queueIds: mailboxFields.queueIds.default([]),
  memberIds: mailboxFields.memberIds.default([]),
})
export const updateMailboxBody = z.object(mailboxFields).partial().extend({ version })
