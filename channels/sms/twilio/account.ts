/** What a Twilio account is set up with (console.twilio.com). */
import { z } from 'zod'
import { apiBase } from '../../account-fields.ts'
import type { AccountKind, FieldMeta } from '../../provider.ts'

export const twilioSettings = z.object({
  accountSid: z
    .string()
    .trim()
    .regex(/^AC[0-9a-fA-F]{32}$/)
    .meta({
      zh: 'Account SID',
      en: 'Account SID',
      help: { zh: 'Twilio 控制台首页 › Account Info。', en: 'Twilio Console, Account Info.' },
    } satisfies FieldMeta),
  authToken: z
    .string()
    .trim()
    .min(16)
    .max(64)
    .meta({
      zh: 'Auth Token',
      en: 'Auth token',
      secret: true,
      help: {
        zh: '发送和核对回调签名都用它;在 Twilio 更换主令牌后请同时更新。',
        en: 'Sends, and proves callbacks; update it when you rotate the primary token at Twilio.',
      },
    } satisfies FieldMeta),
  sender: z
    .string()
    .trim()
    .regex(/^(\+\d{7,15}|\d{3,8}|MG[0-9a-fA-F]{32}|[A-Za-z0-9 ]{1,11})$/)
    .meta({
      zh: '发送号码',
      en: 'Sender',
      help: {
        zh: '+ 开头的号码、短号码,或 Messaging Service 的 SID(MG…)。字母发送者收不到回复。',
        en: 'A number with +, a short code, or the SID of a messaging service (MG…). Letters get no replies.',
      },
    } satisfies FieldMeta),
  apiBase: apiBase('https://api.twilio.com'),
})
export type TwilioSettings = z.infer<typeof twilioSettings>

/** Twilio tries a webhook once unless the address says otherwise: up to five times, 15 s in all. */
export const RETRY_FRAGMENT = '#rc=5&rp=5xx,ct,rt'

export const twilioKind: AccountKind<typeof twilioSettings> = {
  kind: 'twilioSms',
  channel: 'sms',
  name: { zh: '短信(Twilio)', en: 'SMS (Twilio)' },
  settings: twilioSettings,
  callbacks: [
    {
      path: `/inbound${RETRY_FRAGMENT}`,
      zh: '收到消息时的 Webhook(HTTP POST);# 后的部分让 Twilio 在失败时重试',
      en: 'Webhook when a message comes in (HTTP POST); the part after # makes Twilio try again',
    },
  ],
  notice: {
    zh: '适合境外游客。应配置公网地址(YILU_PUBLIC_URL),回调签名按该地址计算;未配置时每 15 秒读取一次新消息,且没有送达状态。',
    en: 'For tourists from abroad. Configure the public address (YILU_PUBLIC_URL), over which callbacks are signed; without it new messages are read every 15 s, and deliveries are not reported.',
  },
}
