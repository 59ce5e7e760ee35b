/** Configured ends of channels (accounts), as the console edits them. */
import { z } from 'zod'

export const accountView = z.object({
  id: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
  channel: z.enum(['voice', 'webchat', 'wechat', 'weibo', 'sms', 'email']),
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
  version: z.number().int(),
})
export type AccountView = z.infer<typeof accountView>
export const updateAccountBody = accountView
  .omit({ id: true, channel: true, numbers: true, record: true })
  .partial()
  .extend({ version: z.number().int() })
