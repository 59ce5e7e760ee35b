import { z } from 'zod'
import type { AccountKind, FieldMeta } from '../provider.ts'

const settings = z.object({
  appId: z
    .string()
    .trim()
    .regex(/^wx[0-9a-z]{10,30}$/i)
    .meta({
      zh: '开发者 ID (AppID)',
      en: 'AppID',
      help: {
        zh: '微信公众平台 › 设置与开发 › 开发接口管理(或开发者平台 › 基础信息)',
        en: 'WeChat platform › Settings and development › API management',
      },
    } satisfies FieldMeta),
  appSecret: z
    .string()
    .trim()
    .min(16)
    .max(128)
    .meta({
      zh: '开发者密码 (AppSecret)',
      en: 'AppSecret',
      help: {
        zh: '与 AppID 在同一页;同时把本机的出口 IP 加入“IP 白名单”',
        en: 'On the same page; also add the address this machine calls from to the IP allow-list',
      },
      secret: true,
    } satisfies FieldMeta),
  token: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9]{3,32}$/)
    .meta({
      zh: '令牌 (Token)',
      en: 'Token',
      help: {
        zh: '自己拟定,3 至 32 位字母和数字,与“服务器配置”中填写的一致',
        en: 'Of your choice, 3 to 32 letters and digits; enter the same in the server configuration',
      },
      secret: true,
    } satisfies FieldMeta),
  encodingAesKey: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9]{43}$/)
    .meta({
      zh: '消息加解密密钥 (EncodingAESKey)',
      en: 'EncodingAESKey',
      help: {
        zh: '在“服务器配置”中随机生成的 43 位字符;消息加解密方式请选“安全模式”',
        en: '43 characters made in the server configuration; choose the safe mode there',
      },
      secret: true,
    } satisfies FieldMeta),
  unionId: z
    .boolean()
    .default(true)
    .meta({
      zh: '查询 unionid',
      en: 'Ask for the unionid',
      help: {
        zh: '账号已绑定微信开放平台时,可据此认出同一位游客在其他公众号、小程序中的身份',
        en: 'Recognises the same person in other accounts, where all are bound to one Open Platform account',
      },
      advanced: true,
    } satisfies FieldMeta),
  numberedChoices: z
    .boolean()
    .default(false)
    .meta({
      zh: '选项以编号文字发送',
      en: 'Send choices as numbered text',
      help: {
        zh: '点选菜单消息只换来 1 分钟内 3 条回复;游客回复编号则算一句话,48 小时内可回复 5 条',
        en: 'A tap on a choice allows three replies within a minute; a number typed counts as a word, with five replies in 48 hours',
      },
      advanced: true,
    } satisfies FieldMeta),
  plainCallbacks: z
    .boolean()
    .default(false)
    .meta({
      zh: '接受明文模式的推送',
      en: 'Accept callbacks that are not encrypted',
      help: {
        zh: '明文的签名不覆盖内容,截获一个地址即可伪造消息。仅供排查问题时临时开启',
        en: 'Their signature does not cover the content: who has seen one address can forge messages. Only for finding a fault',
      },
      advanced: true,
    } satisfies FieldMeta),
  returnAddresses: z
    .array(z.url().max(300))
    .max(20)
    .default([])
    .meta({
      zh: '网页授权可返回的网址',
      en: 'Pages a WeChat sign-in may return to',
      help: {
        zh: '填网址的开头,例如 https://www.example.gov.cn/hotline/;其他网址一律拒绝',
        en: 'The beginning of the address, e.g. https://www.example.org/hotline/; others are refused',
      },
      advanced: true,
    } satisfies FieldMeta),
  assertionKey: z
    .string()
    .min(32)
    .max(200)
    .optional()
    .meta({
      zh: '网页授权签名密钥',
      en: 'Key that signs who signed in',
      help: {
        zh: '至少 32 位;返回的网页用它(HS256)核对身份。不填则不开放网页授权',
        en: 'At least 32 characters; the page checks with it (HS256) who came. Without it there is no sign-in',
      },
      secret: true,
      advanced: true,
    } satisfies FieldMeta),
  apiBase: z
    .url()
    .default('https://api.weixin.qq.com')
    .meta({
      zh: '接口地址',
      en: 'Address of the API',
      help: {
        zh: '可改为 https://sh.api.weixin.qq.com 等就近接入点,或模拟器的地址',
        en: 'Another entry point such as https://sh.api.weixin.qq.com, or a simulator',
      },
      advanced: true,
    } satisfies FieldMeta),
  openBase: z
    .url()
    .default('https://open.weixin.qq.com')
    .meta({ zh: '网页授权地址', en: 'Address of the sign-in', advanced: true } satisfies FieldMeta),
  pictureBase: z
    .url()
    .default('https://mp.weixin.qq.com')
    .meta({
      zh: '二维码图片地址',
      en: 'Address of QR code pictures',
      advanced: true,
    } satisfies FieldMeta),
})

export type WechatSettings = z.infer<typeof settings>

export const wechatKind: AccountKind<typeof settings> = {
  kind: 'wechat',
  channel: 'wechat',
  name: { zh: '微信公众号 / 服务号', en: 'WeChat Official Account' },
  settings,
  callbacks: [
    {
      path: '',
      zh: '服务器地址 (URL):填入公众平台“服务器配置”,加解密方式选安全模式',
      en: 'Server address (URL): for the server configuration, in safe mode',
    },
    {
      path: '/oauth/callback',
      zh: '网页授权回调;把本站域名加入“网页授权域名”',
      en: 'Return of the sign-in; add this host to the web authorisation domains',
    },
  ],
  notice: {
    zh: '游客每说一句,48 小时内最多回复 5 条;点菜单、关注、扫码后 1 分钟内最多 3 条。超出后只能发模板消息或订阅通知。',
    en: 'Each word of a tourist allows five messages within 48 hours; a tap on the menu, a follow or a scan three within one minute. Beyond that only approved templates can be sent.',
  },
}
