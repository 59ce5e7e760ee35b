/** What a Tencent Cloud SMS account is set up with (console.cloud.tencent.com/smsv2). */
import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { AccountKind, FieldMeta } from '../../provider.ts'

export const tencentSettings = z.object({
  secretId: z
    .string()
    .trim()
    .min(1)
    .max(128)
    .meta({
      zh: 'SecretId',
      en: 'SecretId',
      help: {
        zh: '访问管理 › API 密钥;该用户需有 QcloudSMSFullAccess 权限。',
        en: 'CAM › API keys; the user needs QcloudSMSFullAccess.',
      },
    } satisfies FieldMeta),
  secretKey: z
    .string()
    .trim()
    .min(1)
    .max(128)
    .meta({ zh: 'SecretKey', en: 'SecretKey', secret: true } satisfies FieldMeta),
  sdkAppId: z
    .string()
    .trim()
    .regex(/^\d{6,12}$/)
    .meta({
      zh: 'SdkAppId',
      en: 'SdkAppId',
      help: {
        zh: '短信控制台 › 应用管理,如 1400006666。',
        en: 'SMS console › Applications, e.g. 1400006666.',
      },
    } satisfies FieldMeta),
  signName: z
    .string()
    .trim()
    .max(50)
    .default('')
    .meta({
      zh: '短信签名',
      en: 'Signature',
      help: {
        zh: '已审核的签名内容,不含【】;国内短信必填。',
        en: 'The approved signature without 【】; required for numbers in China.',
      },
    } satisfies FieldMeta),
  callbackToken: z
    .string()
    .regex(/^[A-Za-z0-9_-]{16,64}$/)
    .default(() => randomBytes(18).toString('base64url'))
    .meta({
      zh: '回调地址密钥',
      en: 'Secret of the callback address',
      help: {
        zh: '腾讯云的回调没有签名,只凭地址中的这一段辨认真伪:不要公开,泄露后请更换。',
        en: 'Tencent signs no callbacks; this part of the address proves that a call is theirs. Change it if it leaks.',
      },
    } satisfies FieldMeta),
  allowedIps: z
    .string()
    .max(1000)
    .default('')
    .meta({
      zh: '允许回调的 IP',
      en: 'Addresses that may call',
      help: {
        zh: '用空格或逗号分隔;留空不限制。',
        en: 'Separated by spaces or commas; empty for any.',
      },
      advanced: true,
    } satisfies FieldMeta),
  region: z
    .string()
    .trim()
    .regex(/^[a-z0-9-]{2,32}$/)
    .default('ap-guangzhou')
    .meta({ zh: '地域', en: 'Region', advanced: true } satisfies FieldMeta),
  apiBase: z
    .url({ protocol: /^https?$/ })
    .max(200)
    .default('https://sms.tencentcloudapi.com')
    .meta({ zh: '接口地址', en: 'API address', advanced: true } satisfies FieldMeta),
  signedHost: z
    .string()
    .trim()
    .max(253)
    .default('')
    .meta({
      zh: '签名用主机名',
      en: 'Host that is signed',
      help: {
        zh: '经反向代理访问且代理改写 Host 时填写,如 sms.tencentcloudapi.com;平时留空。',
        en: 'Where a proxy in between rewrites the host, e.g. sms.tencentcloudapi.com; otherwise empty.',
      },
      advanced: true,
    } satisfies FieldMeta),
})
export type TencentSettings = z.infer<typeof tencentSettings>

export const tencentKind: AccountKind<typeof tencentSettings> = {
  kind: 'tencentSms',
  channel: 'sms',
  name: { zh: '短信(腾讯云)', en: 'SMS (Tencent Cloud)' },
  settings: tencentSettings,
  templatesOnly: true,
  callbacks: [
    { path: '/{callbackToken}/up', zh: '短信回复回调', en: 'Replies of users' },
    { path: '/{callbackToken}/report', zh: '下发状态回调', en: 'Delivery reports' },
  ],
  notice: {
    zh: '只能发送已审核的模板,不能自由对话:适合通知和验证码。游客的回复能收到。',
    en: 'Sends approved templates only, no free conversation: for notices and codes. Replies are received.',
  },
}
