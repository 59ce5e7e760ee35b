/** What a Tencent Cloud SMS account is set up with (console.cloud.tencent.com/smsv2). */
import { z } from 'zod'
import { apiBase } from '../../account-fields.ts'
import type { AccountKind, FieldMeta } from '../../provider.ts'
import { allowedIps, callbackToken, noticesOnly, signedHost } from '../account-fields.ts'

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
  callbackToken: callbackToken({
    zh: '腾讯云的回调没有签名,只凭地址中的这一段辨认真伪:不要公开,泄露后请更换。',
    en: 'Tencent signs no callbacks; this part of the address proves that a call is theirs. Change it if it leaks.',
  }),
  allowedIps,
  region: z
    .string()
    .trim()
    .regex(/^[a-z0-9-]{2,32}$/)
    .default('ap-guangzhou')
    .meta({ zh: '地域', en: 'Region', advanced: true } satisfies FieldMeta),
  apiBase: apiBase('https://sms.tencentcloudapi.com'),
  signedHost: signedHost('sms.tencentcloudapi.com'),
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
  notice: noticesOnly,
}
