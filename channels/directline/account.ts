/** What a Direct Line account is set up with: an entry for Bot Framework clients. */
import { z } from 'zod'
import type { AccountKind, ChannelAccount, FieldMeta } from '../provider.ts'

/** A secret of Azure's has 88 characters; a short one could be guessed. */
const secret = z.string().trim().min(24).max(256)

export const directLineSettings = z.object({
  secret: secret.meta({
    zh: '密钥',
    en: 'Secret',
    help: {
      zh: '自己拟定,至少 24 个字符(例如 openssl rand -base64 32)。网站的服务器用它换取令牌;不要写进网页。',
      en: 'Of your choice, at least 24 characters (e.g. openssl rand -base64 32). The server of the site exchanges it for tokens; never put it into a page.',
    },
    secret: true,
  } satisfies FieldMeta),
  secondSecret: secret.optional().meta({
    zh: '第二密钥',
    en: 'Second secret',
    help: {
      zh: '更换密钥期间两个都有效,换完后清空或更新。换下的密钥签发的令牌随之失效。',
      en: 'Both work while one is being replaced. Tokens of a secret that is taken away end with it.',
    },
    secret: true,
    advanced: true,
  } satisfies FieldMeta),
  allowedOrigins: z
    .array(z.url({ protocol: /^https?$/ }).max(200))
    .max(50)
    .default([])
    .meta({
      zh: '允许的网站',
      en: 'Web origins that may use it',
      help: {
        zh: '嵌入聊天窗口的网站,例如 https://www.example.gov.cn;本系统自己的网址始终允许。',
        en: 'Sites whose pages hold the chat, e.g. https://www.example.com; our own always may.',
      },
    } satisfies FieldMeta),
  openTokens: z
    .boolean()
    .default(false)
    .meta({
      zh: '网页可直接取得令牌',
      en: 'Pages may fetch a token by themselves',
      help: {
        zh: '开启后,上述网站的网页无需密钥即可调用 tokens/generate(有频率限制);来访者身份视为未经证实。',
        en: 'Pages of the origins above may call tokens/generate without the secret, within limits; who they are is then unproven.',
      },
    } satisfies FieldMeta),
  tokenMinutes: z
    .number()
    .int()
    .min(5)
    .max(1440)
    .default(30)
    .meta({
      zh: '令牌有效期(分钟)',
      en: 'A token is good for (minutes)',
      help: {
        zh: 'Web Chat 每 15 分钟自动续期,请勿低于 20 分钟。',
        en: 'Web Chat renews it every 15 minutes, so keep it above 20.',
      },
      advanced: true,
    } satisfies FieldMeta),
})
export type DirectLineSettings = z.infer<typeof directLineSettings>
export type DirectLineAccount = ChannelAccount<DirectLineSettings>

export const directLineKind: AccountKind<typeof directLineSettings> = {
  kind: 'directline',
  channel: 'directline',
  name: { zh: 'Direct Line(Bot Framework 客户端)', en: 'Direct Line (Bot Framework clients)' },
  settings: directLineSettings,
  callbacks: [
    {
      path: '/v3/directline',
      zh: '客户端的 domain 参数',
      en: 'The option `domain` of the client',
    },
  ],
}
