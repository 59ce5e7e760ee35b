/** What a Weibo account is set up with (微博粉丝服务平台, open.weibo.com/wiki/消息推送服务). */
import { z } from 'zod'
import type { AccountKind, ChannelAccount, FieldMeta } from '../provider.ts'

const address = z.url({ protocol: /^https?$/ }).max(200)

export const weiboSettings = z.object({
  uid: z
    .string()
    .regex(/^\d{5,20}$/)
    .meta({
      zh: '微博 UID',
      en: 'Weibo UID',
      help: {
        zh: '本账号的数字编号,即主页地址 weibo.com/u/ 后面的数字。',
        en: 'The number of this account: what follows weibo.com/u/ in the address of its page.',
      },
    } satisfies FieldMeta),
  appSecret: z
    .string()
    .min(8)
    .max(128)
    .meta({
      zh: 'App Secret',
      en: 'App Secret',
      secret: true,
      help: {
        zh: '微博开放平台 › 我的应用 › 应用信息 › 基本信息。用于核对推送的签名。',
        en: 'open.weibo.com › My apps › App info › Basics. It proves that a callback is Weibo’s.',
      },
    } satisfies FieldMeta),
  accessToken: z
    .string()
    .min(8)
    .max(256)
    .meta({
      zh: 'Access Token',
      en: 'Access token',
      secret: true,
      help: {
        zh: '粉丝服务平台 › 高级功能 › 开发者模式中显示的 access_token,或该账号 OAuth2 授权所得。',
        en: 'Shown in the fan service platform (advanced, developer mode), or got by OAuth2 as this account.',
      },
    } satisfies FieldMeta),
  pollSeconds: z
    .number()
    .int()
    .min(0)
    .max(3600)
    .default(120)
    .meta({
      zh: '评论和 @ 的读取间隔(秒)',
      en: 'Comments and mentions are read every (seconds)',
      help: {
        zh: '微博不推送评论,只能定时读取;0 为不读取。普通应用每小时调用次数有限,不宜过短。',
        en: 'Weibo does not push comments; 0 turns reading off. Calls per hour are limited, so not too often.',
      },
      advanced: true,
    } satisfies FieldMeta),
  apiBase: address.default('https://api.weibo.com').meta({
    zh: '接口地址',
    en: 'API address',
    advanced: true,
  } satisfies FieldMeta),
  messageBase: address.default('https://m.api.weibo.com').meta({
    zh: '私信接口地址',
    en: 'Address of the message API',
    advanced: true,
  } satisfies FieldMeta),
  uploadBase: address.default('https://upload.api.weibo.com').meta({
    zh: '媒体接口地址',
    en: 'Address of the media API',
    advanced: true,
  } satisfies FieldMeta),
})
export type WeiboSettings = z.infer<typeof weiboSettings>
export type WeiboAccount = ChannelAccount<WeiboSettings>

export const weiboKind: AccountKind<typeof weiboSettings> = {
  kind: 'weibo',
  channel: 'weibo',
  name: { zh: '微博', en: 'Weibo' },
  settings: weiboSettings,
  callbacks: [
    {
      path: '',
      zh: '粉丝服务平台 › 高级功能 › 开发者模式 › URL',
      en: 'Fan service platform › Advanced › Developer mode › URL',
    },
  ],
  notice: {
    zh: '私信需要认证账号并开通粉丝服务平台的开发者模式;公告里的链接必须在应用的“安全域名”之内。微博的公开文档较旧,请先用真实账号点一次“测试”并发一条私信核对。',
    en: 'Messages need a verified account with the developer mode of the fan service platform; links in announcements must be below the app’s safe domain. Weibo’s public documents are old: press Test and send one message with the real account first.',
  },
}
