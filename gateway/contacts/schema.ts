import { z } from 'zod'

export const identityView = z.object({
  id: z.string(),
  kind: z.string(),
  scope: z.string(),
  value: z.string(),
  assurance: z.enum(['observed', 'selfAsserted', 'proven']),
})
export const contactView = z.object({
  id: z.string(),
  name: z.string().optional(),
  phone: z.string().optional(),
  email: z.string().optional(),
  lang: z.string().optional(),
  vip: z.boolean(),
  notes: z.string().optional(),
  version: z.number(),
  createdAtMs: z.number(),
  identities: z.array(identityView),
  merges: z.array(
    z.object({
      id: z.string(),
      loserId: z.string(),
      atMs: z.number(),
      by: z.string(),
      rule: z.string(),
    }),
  ),
})
export type ContactView = z.infer<typeof contactView>
export const listContactsQuery = z.object({
  q: z.string().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})
export const contactSummaryView = contactView.pick({
  id: true,
  name: true,
  phone: true,
  email: true,
  vip: true,
  createdAtMs: true,
})
export type ContactSummaryView = z.infer<typeof contactSummaryView>
export const updateContactBody = z.object({
  version: z.number().int(),
  name: z.string().trim().max(64).optional(),
  phone: z.string().trim().max(32).optional(),
  email: z.union([z.email(), z.literal('')]).optional(),
  vip: z.boolean().optional(),
  notes: z.string().max(4000).optional(),
})
const channel = z.enum([
  ...(['voice', 'webchat', 'wechat', 'wecom', 'wechaty', 'weibo', 'sms', 'email'] as const),
  'directline',
])
const itemBase = { id: z.string(), atMs: z.number() }
/** One thing that happened with a contact, on whichever channel. */
export const timelineItem = z.discriminatedUnion('type', [
  z.object({
    ...itemBase,
    type: z.literal('conversation'),
    state: z.enum(['bot', 'queued', 'offered', 'agent', 'wrapUp', 'closed']),
    /** in the order they joined it */
    channels: z.array(channel),
    preview: z.string(),
    /** its last messages, oldest first */
    lines: z.array(
      z.object({ from: z.enum(['contact', 'bot', 'agent', 'system']), text: z.string() }),
    ),
    messages: z.number(),
    closedAtMs: z.number().optional(),
    agentName: z.string().optional(),
    calls: z.array(
      z.object({
        legId: z.string(),
        direction: z.enum(['in', 'out']),
        number: z.string().optional(),
        startedAtMs: z.number(),
        durationMs: z.number().optional(),
      }),
    ),
    recordings: z.array(
      z.object({ id: z.string(), startedAtMs: z.number(), durationMs: z.number() }),
    ),
  }),
  z.object({
    ...itemBase,
    type: z.literal('ticket'),
    serial: z.string(),
    title: z.string(),
    status: z.string(),
    channel: z.string(),
  }),
  z.object({
    ...itemBase,
    type: z.literal('voicemail'),
    conversationId: z.string(),
    seconds: z.number(),
    transcript: z.string().optional(),
    recordingId: z.string().optional(),
    state: z.enum(['new', 'heard', 'done']),
  }),
  z.object({
    ...itemBase,
    type: z.literal('merge'),
    otherId: z.string(),
    otherName: z.string().optional(),
    rule: z.string(),
    byName: z.string().optional(),
    undoneAtMs: z.number().optional(),
    undoneByName: z.string().optional(),
    /** it was this contact that went into the other */
    isLoser: z.boolean(),
  }),
  z.object({
    ...itemBase,
    type: z.literal('identity'),
    kind: z.string(),
    value: z.string(),
    how: z.enum(['code', 'provider']),
    byName: z.string().optional(),
    /** it was another contact's before, or is another's now */
    otherId: z.string().optional(),
    otherName: z.string().optional(),
    isTaken: z.boolean(),
  }),
])
export type TimelineItem = z.infer<typeof timelineItem>
export const timelineTypes = ['conversation', 'ticket', 'voicemail', 'merge', 'identity'] as const
export const timelineQuery = z.object({
  /** the `next` of the page before */
  before: z
    .string()
    .regex(/^\d{1,16}\.[\w:-]{1,200}$/)
    .optional(),
  type: z.enum(timelineTypes).optional(),
  channel: channel.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
})
export type TimelineQuery = z.infer<typeof timelineQuery>
/** Newest first; `next` leads to the page after this one. */
export const timelineView = z.object({
  items: z.array(timelineItem),
  next: z.string().optional(),
})
export type TimelineView = z.infer<typeof timelineView>

export const suggestionView = z.object({
  other: contactSummaryView,
  strength: z.enum(['strong', 'likely', 'weak']),
  reasons: z.array(
    z.object({
      reason: z.enum(['sameAddress', 'sameTicket', 'parted']),
      kind: z.string().optional(),
      value: z.string().optional(),
      assurance: z.enum(['observed', 'selfAsserted', 'proven']).optional(),
      sameName: z.literal(true).optional(),
      strength: z.enum(['strong', 'likely', 'weak']),
    }),
  ),
})
export type SuggestionView = z.infer<typeof suggestionView>
export const dismissBody = z.object({ otherId: z.string().max(64) })

export const requestCodeBody = z.object({
  phone: z.string().trim().min(1).max(40),
  /** of the message; default the contact's */
  lang: z.string().max(10).optional(),
})
export const codeSentView = z.object({
  phone: z.string(),
  expiresAtMs: z.number(),
  againAtMs: z.number(),
})
export type CodeSentView = z.infer<typeof codeSentView>
export const verifyCodeBody = z.object({
  phone: z.string().trim().min(1).max(40),
  code: z.string().trim().min(1).max(20),
})
/** The contact that has the number now; another one than asked about after a merge. */
export const provenView = z.object({ contactId: z.string(), phone: z.string() })
export type ProvenView = z.infer<typeof provenView>

/** The contact of the path wins; the loser's identities, conversations and tickets move to it. */
export const mergeContactBody = z.object({ loserId: z.string().max(64) })
export const mergeView = z.object({ mergeId: z.string() })
