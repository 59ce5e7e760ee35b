/** What a WeCom customer-service account (微信客服) is set up with. */
import { z } from 'zod'
import { apiBase } from '../account-fields.ts'
import type { AccountKind, FieldMeta } from '../provider.ts'

const settings = z.object({
  corpId: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9_-]{4,64}$/)
    .meta({
      zh: '企业 ID',
      en: 'Corp ID',
      help: {
        zh: '企业微信管理后台 › 我的企业 › 企业信息,最下方,以 ww 开头。',
        en: 'WeCom admin console › My company › Company information, at the bottom; begins with ww.',
      },
    } satisfies FieldMeta),
  secret: z
    .string()
    .trim()
    .min(8)
    .max(128)
    .meta({
      zh: '应用 Secret',
      en: 'App secret',
      help: {
        zh: '自建应用的 Secret。该应用须在“微信客服 › API › 可调用接口的应用”中勾选,并把本机公网 IP 填入“企业可信 IP”。',
        en: 'Secret of a self-built app. Tick the app under WeChat Customer Service › API › apps that may call, and enter this server’s public address as a trusted IP.',
      },
      secret: true,
    } satisfies FieldMeta),
  callbackToken: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9]{3,32}$/)
    .meta({
      zh: '回调 Token',
      en: 'Callback token',
      help: {
        zh: '在“微信客服 › API › 接收消息”中填写的 Token,3 到 32 位字母或数字。',
        en: 'The Token entered under WeChat Customer Service › API › Receive messages; 3 to 32 letters or digits.',
      },
      secret: true,
    } satisfies FieldMeta),
  encodingAesKey: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9]{43}$/)
    .meta({
      zh: '回调 EncodingAESKey',
      en: 'Callback EncodingAESKey',
      help: {
        zh: '与 Token 在同一页,43 位。',
        en: 'On the same page as the token; 43 characters.',
      },
      secret: true,
    } satisfies FieldMeta),
  openKfId: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9_-]{0,64}$/)
    .default('')
    .meta({
      zh: '客服账号 ID(open_kfid)',
      en: 'Service account (open_kfid)',
      help: {
        zh: '以 wk 开头。可先留空并保存,再从“客服账号”列表中选择;留空时不收发消息。',
        en: 'Begins with wk. May be left empty at first and chosen from the list of service accounts after saving; nothing is received or sent until then.',
      },
    } satisfies FieldMeta),
  welcomeText: z
    .string()
    .trim()
    .max(600)
    .default('')
    .meta({
      zh: '欢迎语',
      en: 'Welcome text',
      help: {
        zh: '客户进入会话时发送的固定文字。留空则由流程问候(客户 48 小时内首次进入时,企业微信只允许一条)。',
        en: 'A fixed text sent when a customer opens the chat. Empty: the flow greets (WeCom allows one message, when the customer opens it first within 48 hours).',
      },
    } satisfies FieldMeta),
  closingText: z
    .string()
    .trim()
    .max(600)
    .default('')
    .meta({
      zh: '结束语',
      en: 'Closing text',
      help: {
        zh: '会话关闭后结束微信客服会话并发送这段文字。留空则不主动结束(48 小时后自动结束)。',
        en: 'Once a conversation is closed, the WeCom session is ended and this text is sent. Empty: the session is left to end by itself after 48 hours.',
      },
    } satisfies FieldMeta),
  keepSession: z
    .boolean()
    .default(true)
    .meta({
      zh: '会话留在本系统',
      en: 'Keep sessions here',
      help: {
        zh: '把新会话置为“由智能助手接待”,坐席在本系统回复。一旦转给企业微信里的接待人员,接口就不能再发送消息。',
        en: 'New sessions are set to “served by the assistant”, and agents answer here. Once a servicer in the WeCom client has one, the interface cannot send into it.',
      },
      advanced: true,
    } satisfies FieldMeta),
  repeatIsSafe: z
    .boolean()
    .default(false)
    .meta({
      zh: '重复的 msgid 不会重发',
      en: 'A repeated msgid is not shown twice',
      help: {
        zh: '仅当您用自己的账号验证过:同一 msgid 发送两次,客户只看到一条。开启后,结果不明的消息会自动重发(需所有企业微信账号都开启)。',
        en: 'Only if you have tried with your own account that the same msgid sent twice shows once. Messages whose outcome is unknown are then sent again by themselves (needs it on all WeCom accounts).',
      },
      advanced: true,
    } satisfies FieldMeta),
  pollSeconds: z
    .number()
    .int()
    .min(10)
    .max(600)
    .default(60)
    .meta({
      zh: '轮询间隔(秒)',
      en: 'Poll every (seconds)',
      help: {
        zh: '回调丢失时,最迟经过这么久消息仍会被取到。',
        en: 'When a callback is lost, messages are fetched after this long at the latest.',
      },
      advanced: true,
    } satisfies FieldMeta),
  apiBase: apiBase('https://qyapi.weixin.qq.com'),
})
export type WecomSettings = z.infer<typeof settings>

export const wecomKind: AccountKind<typeof settings> = {
  kind: 'wecom',
  channel: 'wecom',
  name: { zh: '企业微信 · 微信客服', en: 'WeCom customer service' },
  settings,
  callbacks: [
    {
      path: '',
      zh: '“微信客服 › API › 接收消息”的 URL',
      en: 'URL under WeChat Customer Service › API › Receive messages',
    },
  ],
  notice: {
    zh: '坐席在本系统回复时,客服会话须保持在“由智能助手接待”。请在企业微信中不要为该客服账号安排在线的接待人员,否则会话会转到企业微信客户端,本系统无法再发送消息。',
    en: 'While agents answer here, sessions must stay “served by the assistant”. Assign no servicers who are online to this service account in WeCom; sessions would move to the WeCom client, and nothing could be sent from here.',
  },
}
