/** Configured ends of channels (accounts), as the console sees and edits them. */
import { z } from 'zod'

const channel = z.enum([
  'voice',
  'webchat',
  'wechat',
  'wecom',
  'wechaty',
  'weibo',
  'sms',
  'email',
  'directline',
])
const words = z.object({ zh: z.string(), en: z.string() })
const accountId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/)

export const healthView = z.object({
  state: z.enum(['starting', 'ok', 'warning', 'down', 'needsPerson', 'off']),
  sinceMs: z.number(),
  lastOkMs: z.number().optional(),
  /** to be shown as a QR code, e.g. to sign in */
  qrText: z.string().optional(),
  /** newest first */
  faults: z.array(
    z.object({
      atMs: z.number(),
      state: z.enum(['starting', 'warning', 'down', 'needsPerson']),
      code: z.string(),
      detail: z.string().optional(),
      /** how often in a row */
      times: z.number(),
    }),
  ),
})
export type HealthView = z.infer<typeof healthView>

export const accountView = z.object({
  id: accountId,
  channel,
  /** of channels/provider.ts AccountKind; web chat and voice numbers have none */
  kind: z.string().optional(),
  name: z.string().trim().min(1).max(64),
  /** the flow a new conversation on this account starts */
  flowId: z.string().max(64),
  lang: z.enum(['zh-CN', 'en']),
  enabled: z.boolean(),
  /** webchat: web origins that may embed the widget; the product's own origin always may */
  allowedOrigins: z.array(z.url().max(200)).max(50),
  title: z.record(z.string().max(10), z.string().max(60)),
  greeting: z.record(z.string().max(10), z.string().max(300)),
  /** voice: changed in the number plan (telephony/schema.ts) */
  numbers: z.array(z.string()).optional(),
  record: z.boolean().optional(),
  /** of a kind: its fields without the secret ones */
  settings: z.record(z.string(), z.unknown()).optional(),
  /** of a kind: the secret fields that are set */
  secrets: z.array(z.string()).optional(),
  /** of a kind: where the provider calls us, complete when the public address is configured */
  callbacks: z.array(z.object({ address: z.string(), name: words })).optional(),
  health: healthView.optional(),
  version: z.number().int(),
})
export type AccountView = z.infer<typeof accountView>

/** Secret fields: a string sets it, absent leaves it, null takes it away. */
const settingsBody = z.record(z.string().max(64), z.unknown())

export const createAccountBody = accountView
  .pick({ id: true, name: true, flowId: true, lang: true, enabled: true })
  .extend({ kind: z.string().max(32), settings: settingsBody })
export type CreateAccountBody = z.infer<typeof createAccountBody>

export const updateAccountBody = accountView
  .pick({
    name: true,
    flowId: true,
    lang: true,
    enabled: true,
    allowedOrigins: true,
    title: true,
    greeting: true,
  })
  .extend({ settings: settingsBody })
  .partial()
  .extend({ version: z.number().int() })
export type UpdateAccountBody = z.infer<typeof updateAccountBody>

export const accountKindView = z.object({
  kind: z.string(),
  channel,
  name: words,
  notice: words.optional(),
  callbacks: z.array(z.object({ path: z.string(), zh: z.string(), en: z.string() })),
  /** JSON Schema of the settings; each property carries FieldMeta (channels/provider.ts) */
  settings: z.record(z.string(), z.unknown()),
})
export type AccountKindView = z.infer<typeof accountKindView>

/** An account an agent may write from first. */
export const writableAccountView = accountView
  .pick({ id: true, name: true, channel: true })
  .extend({
    /** no free words: only texts its provider approved */
    templatesOnly: z.boolean(),
  })
export type WritableAccountView = z.infer<typeof writableAccountView>

export const checkView = z.object({
  ok: z.boolean(),
  /** why not, from the one table */
  error: z.object({ code: z.string(), zh: z.string(), en: z.string() }).optional(),
  /** the provider's own words */
  detail: z.string().optional(),
  tookMs: z.number(),
})
export type CheckView = z.infer<typeof checkView>

/** A message that waits for its channel, or that could not be delivered. */
export const outboxView = z.object({
  id: z.string(),
  conversationId: z.string(),
  accountId: z.string(),
  channel,
  state: z.enum(['queued', 'sending', 'dead']),
  attempts: z.number(),
  /** when it is tried next */
  notBeforeMs: z.number(),
  expiresAtMs: z.number(),
  /** our code or the provider's */
  error: z.string().optional(),
  /** nobody knows whether it arrived: sending it again may double it */
  unknown: z.boolean(),
  contactId: z.string().optional(),
  contactName: z.string().optional(),
  author: z.enum(['bot', 'agent', 'system', 'contact']),
  text: z.string(),
  atMs: z.number(),
})
export type OutboxView = z.infer<typeof outboxView>

/** Something that came in and could not be handled. */
export const deadInboxView = z.object({
  id: z.string(),
  accountId: z.string(),
  channel,
  kind: z.string(),
  text: z.string(),
  error: z.string(),
  attempts: z.number(),
  receivedAtMs: z.number(),
})
export type DeadInboxView = z.infer<typeof deadInboxView>

/** How many wait and how many failed, per account. */
export const outboxSummaryView = z.object({
  accountId: z.string(),
  /** what the account is called; its id where it is there no more */
  name: z.string(),
  waiting: z.number(),
  dead: z.number(),
  deadInbox: z.number(),
})
export type OutboxSummaryView = z.infer<typeof outboxSummaryView>

/** A text the provider approved beforehand: all that may be written when the window is closed. */
export const templateView = z.object({
  id: z.string(),
  accountId,
  name: z.string().trim().min(1).max(64),
  /** the provider's own id of it: template_id, TemplateCode … */
  providerId: z.string().trim().min(1).max(128),
  /** what the contact reads, with {{name}} where a parameter stands */
  text: z.string().trim().min(1).max(1000),
  /** in the order of the text */
  params: z.array(z.object({ key: z.string().min(1).max(32), label: z.string().max(64) })).max(20),
  /** a page the message leads to */
  url: z.url().max(500).optional(),
  /** wechat: template message, or subscription message */
  use: z.enum(['template', 'subscribe']),
  version: z.number().int(),
})
export type TemplateView = z.infer<typeof templateView>
export const createTemplateBody = templateView.omit({ id: true, version: true })
export type CreateTemplateBody = z.infer<typeof createTemplateBody>
export const updateTemplateBody = createTemplateBody
  .omit({ accountId: true })
  .partial()
  .extend({ version: z.number().int() })
export type UpdateTemplateBody = z.infer<typeof updateTemplateBody>
