/** What an Aliyun SMS account is set up with (dysms.console.aliyun.com). */
import { z } from 'zod'
import { apiBase } from '../../account-fields.ts'
import type { AccountKind, FieldMeta } from '../../provider.ts'
import { allowedIps, callbackToken, noticesOnly, signedHost } from '../account-fields.ts'

export const aliyunSettings = z.object({
  accessKeyId: z
    .string()
    .trim()
    .min(1)
    .max(128)
    .meta({
      zh: 'AccessKey ID',
      en: 'AccessKey ID',
      help: {
        zh: 'RAM 访问控制 › 用户 › AccessKey;该用户需有 AliyunDysmsFullAccess 权限。',
        en: 'RAM console › Users › AccessKey; the user needs AliyunDysmsFullAccess.',
      },
    } satisfies FieldMeta),
  accessKeySecret: z
    .string()
    .trim()
    .min(1)
    .max(128)
    .meta({
      zh: 'AccessKey Secret',
      en: 'AccessKey secret',
      secret: true,
    } satisfies FieldMeta),
  signName: z
    .string()
    .trim()
    .min(1)
    .max(50)
    .meta({
      zh: '短信签名',
      en: 'Signature',
      help: {
        zh: '国内消息 › 签名管理中已审核并完成报备的签名,不含【】。',
        en: 'An approved and registered signature, without 【】.',
      },
    } satisfies FieldMeta),
  callbackToken: callbackToken({
    zh: '阿里云的推送没有签名,只凭地址中的这一段辨认真伪:不要公开,泄露后请更换。',
    en: 'Aliyun signs nothing; this part of the address proves that a call is theirs. Change it if it leaks.',
  }),
  allowedIps,
  signatureVersion: z
    .enum(['acs3', 'rpc1'])
    .default('acs3')
    .meta({
      zh: '签名算法',
      en: 'Signature method',
      options: {
        acs3: { zh: 'V3(ACS3-HMAC-SHA256)', en: 'V3 (ACS3-HMAC-SHA256)' },
        rpc1: { zh: 'RPC V1(HMAC-SHA1,旧)', en: 'RPC V1 (HMAC-SHA1, old)' },
      },
      advanced: true,
    } satisfies FieldMeta),
  apiBase: apiBase('https://dysmsapi.aliyuncs.com'),
  signedHost: signedHost('dysmsapi.aliyuncs.com'),
})
export type AliyunSettings = z.infer<typeof aliyunSettings>

export const aliyunKind: AccountKind<typeof aliyunSettings> = {
  kind: 'aliyunSms',
  channel: 'sms',
  name: { zh: '短信(阿里云)', en: 'SMS (Aliyun)' },
  settings: aliyunSettings,
  templatesOnly: true,
  callbacks: [
    {
      path: '/{callbackToken}/up',
      zh: '上行短信(SmsUp)HTTP 批量推送',
      en: 'Incoming messages (SmsUp, HTTP batch push)',
    },
    {
      path: '/{callbackToken}/report',
      zh: '发送状态报告(SmsReport)HTTP 批量推送',
      en: 'Delivery reports (SmsReport, HTTP batch push)',
    },
  ],
  notice: noticesOnly,
}
