/** What a personal WeChat account bridged by wechaty is set up with. */
import { z } from 'zod'
import type { AccountKind, FieldMeta } from '../provider.ts'

const settings = z.object({
  riskAccepted: z
    .boolean()
    .refine((accepted) => accepted, '请先了解并勾选风险 / agree to the risk first')
    .meta({
      zh: '我已了解封号风险',
      en: 'I know that the account may be banned',
      help: {
        zh: '个人微信号不允许由程序操作。请用一个可以失去的号码,不要用它存放重要联系人或资金。',
        en: 'WeChat does not allow programs to operate personal accounts. Use one you can lose, without important contacts or money.',
      },
    } satisfies FieldMeta),
  token: z
    .string()
    .trim()
    .max(200)
    .default('')
    .meta({
      zh: 'Puppet 服务 Token',
      en: 'Puppet service token',
      help: {
        zh: '由 wechaty 的 puppet 服务商提供。',
        en: 'From the provider of the wechaty puppet service.',
      },
      secret: true,
    } satisfies FieldMeta),
  rooms: z
    .string()
    .max(1000)
    .default('')
    .meta({
      zh: '允许的群',
      en: 'Rooms that are answered',
      help: {
        zh: '群名,以逗号分隔;只处理在群里 @ 本号的消息。留空则只处理私聊。',
        en: 'Topics of rooms, separated by commas; only messages that mention the account are taken. Empty: direct chats only.',
      },
    } satisfies FieldMeta),
  sendGapMs: z
    .number()
    .int()
    .min(0)
    .max(60_000)
    .default(1_500)
    .meta({
      zh: '两条消息的最短间隔(毫秒)',
      en: 'Least time between two messages (ms)',
      help: {
        zh: '发得越快,越容易被封。',
        en: 'The faster it sends, the sooner it is banned.',
      },
      advanced: true,
    } satisfies FieldMeta),
  puppet: z
    .string()
    .trim()
    .regex(/^(@[a-z0-9-]+\/)?wechaty-puppet-[a-z0-9-]{1,40}$/)
    .default('wechaty-puppet-service')
    .meta({
      zh: 'Puppet 包名',
      en: 'Package of the puppet',
      help: {
        zh: 'wechaty-puppet-service 随 wechaty 安装;其他 puppet 需自行安装。',
        en: 'wechaty-puppet-service comes with wechaty; install any other one yourself.',
      },
      advanced: true,
    } satisfies FieldMeta),
  endpoint: z
    .string()
    .trim()
    .max(200)
    .default('')
    .meta({
      zh: 'Puppet 服务地址',
      en: 'Address of the puppet service',
      help: {
        zh: '主机:端口。留空则按 Token 查找。',
        en: 'host:port. Empty: found by the token.',
      },
      advanced: true,
    } satisfies FieldMeta),
  withoutTls: z
    .boolean()
    .default(false)
    .meta({
      zh: '不加密连接(仅限本机)',
      en: 'Without TLS (this machine only)',
      advanced: true,
    } satisfies FieldMeta),
})
export type WechatySettings = z.infer<typeof settings>

export const wechatyKind: AccountKind<typeof settings> = {
  kind: 'wechaty',
  channel: 'wechaty',
  name: { zh: '个人微信(wechaty,实验性)', en: 'Personal WeChat (wechaty, experimental)' },
  settings,
  callbacks: [],
  notice: {
    zh: '实验性功能,默认关闭。微信不允许用程序操作个人号:号码可能随时被限制登录或永久封停,历史上曾多次批量封号,且没有申诉途径。断线期间的消息可能丢失,微信不提供补发;消息是否送达也无法确认。请优先使用“微信公众号”或“企业微信 · 微信客服”,不要把个人号作为唯一的微信渠道。需另行安装:npm install wechaty@1(约 150 MB,其依赖含有已知安全漏洞)。',
    en: 'Experimental, and off by default. WeChat does not allow programs to operate personal accounts: the account may be restricted or banned for good at any time; this has happened to many at once, and there is no appeal. What is sent while the bridge is away may be lost, as WeChat does not repeat it, and nothing tells whether a message arrived. Prefer an Official Account or WeCom customer service, and never make this the only way to reach you on WeChat. It is installed apart: npm install wechaty@1 (about 150 MB, with dependencies that have known security faults).',
  },
}
