/** What a CMPP account is set up with: the carrier's letter of acceptance (开通单) has all of it. */
import { z } from 'zod'
import { port } from '../../account-fields.ts'
import type { AccountKind, FieldMeta } from '../../provider.ts'
import { perSecond, responseSeconds, sendWindow } from '../account-fields.ts'

export const cmppSettings = z.object({
  host: z
    .string()
    .trim()
    .min(1)
    .max(253)
    .meta({
      zh: '网关地址',
      en: 'Gateway host',
      help: { zh: '运营商提供的 ISMG 地址', en: 'Address of the carrier’s ISMG' },
    } satisfies FieldMeta),
  port: port(7890),
  version: z
    .enum(['2.0', '3.0'])
    .default('2.0')
    .meta({ zh: '协议版本', en: 'Protocol version' } satisfies FieldMeta),
  spId: z
    .string()
    .trim()
    .regex(/^[\x21-\x7e]{1,6}$/)
    .meta({
      zh: '企业代码(SP_Id)',
      en: 'SP id',
      help: {
        zh: '登录用户名,最多 6 位',
        en: 'The user name of the connection, 6 characters at most',
      },
    } satisfies FieldMeta),
  secret: z
    .string()
    .min(1)
    .max(64)
    .meta({ zh: '共享密钥', en: 'Shared secret', secret: true } satisfies FieldMeta),
  srcId: z
    .string()
    .trim()
    .regex(/^\d{3,21}$/)
    .meta({
      zh: '接入号',
      en: 'Access number',
      help: {
        zh: '游客看到并回复的号码(Src_Id),如 1069…',
        en: 'The number people see and answer to (Src_Id), e.g. 1069…',
      },
    } satisfies FieldMeta),
  serviceId: z
    .string()
    .trim()
    .max(10)
    .default('')
    .meta({
      zh: '业务代码',
      en: 'Service id',
      help: {
        zh: 'Service_Id,运营商分配;可为空',
        en: 'Service_Id given by the carrier; may be empty',
      },
    } satisfies FieldMeta),
  signature: z
    .string()
    .trim()
    .max(20)
    .default('')
    .meta({
      zh: '短信签名',
      en: 'Signature',
      help: {
        zh: '如 旅游热线,发送时加在开头:【旅游热线】。网关自动加签名时留空',
        en: 'Put before each message as 【…】; leave empty where the gateway adds it',
      },
    } satisfies FieldMeta),
  msgSrc: z
    .string()
    .trim()
    .max(6)
    .default('')
    .meta({
      zh: '信息来源(Msg_Src)',
      en: 'Msg_Src',
      help: { zh: '留空则同企业代码', en: 'The SP id when empty' },
      advanced: true,
    } satisfies FieldMeta),
  feeUserType: z
    .number()
    .int()
    .min(0)
    .max(3)
    .default(2)
    .meta({ zh: '计费用户类型', en: 'Fee_UserType', advanced: true } satisfies FieldMeta),
  feeType: z
    .string()
    .regex(/^\d{2}$/)
    .default('01')
    .meta({
      zh: '资费类别(01 免费)',
      en: 'FeeType (01: free)',
      advanced: true,
    } satisfies FieldMeta),
  feeCode: z
    .string()
    .regex(/^\d{0,6}$/)
    .default('0')
    .meta({ zh: '资费代码', en: 'FeeCode', advanced: true } satisfies FieldMeta),
  window: sendWindow(16),
  perSecond,
  activeTestSeconds: z
    .number()
    .min(1)
    .max(180)
    .default(30)
    .meta({
      zh: '链路检测间隔(秒)',
      en: 'Seconds between ACTIVE_TEST',
      advanced: true,
    } satisfies FieldMeta),
  responseSeconds: responseSeconds(60, 1),
})
export type CmppSettings = z.infer<typeof cmppSettings>

export const cmppKind: AccountKind<typeof cmppSettings> = {
  kind: 'cmpp',
  channel: 'sms',
  name: { zh: '短信(CMPP 直连)', en: 'SMS (CMPP, direct to a Chinese carrier)' },
  settings: cmppSettings,
  callbacks: [],
  notice: {
    zh: '须与运营商签约并报备本机公网地址;双向短信,可与游客自由对话。',
    en: 'Needs a contract with the carrier, who must know the address we connect from. Two-way: a free conversation with tourists.',
  },
}
