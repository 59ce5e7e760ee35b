/** What an SMPP account is set up with, as carriers and aggregators hand it out. */
import { z } from 'zod'
import { port } from '../../account-fields.ts'
import type { AccountKind, FieldMeta } from '../../provider.ts'
import { perSecond, responseSeconds, sendWindow } from '../account-fields.ts'

export const smppSettings = z.object({
  host: z
    .string()
    .trim()
    .min(1)
    .max(253)
    .meta({
      zh: '短信中心地址',
      en: 'Message centre host',
      help: { zh: '运营商提供的 SMSC 地址', en: 'Address of the carrier’s SMSC' },
    } satisfies FieldMeta),
  port: port(2775),
  tls: z
    .boolean()
    .default(false)
    .meta({
      zh: '加密连接(TLS)',
      en: 'Encrypted connection (TLS)',
      help: {
        zh: '经公网连接时务必打开:SMPP 本身不加密',
        en: 'Switch it on across the Internet: SMPP by itself is not encrypted',
      },
    } satisfies FieldMeta),
  systemId: z
    .string()
    .trim()
    .regex(/^[\x21-\x7e]{1,15}$/)
    .meta({
      zh: '用户名(system_id)',
      en: 'User name (system_id)',
      help: { zh: '最多 15 位', en: '15 characters at most' },
    } satisfies FieldMeta),
  password: z
    .string()
    .regex(/^[\x20-\x7e]{0,8}$/)
    .default('')
    .meta({
      zh: '密码',
      en: 'Password',
      help: { zh: '协议规定最多 8 位', en: '8 characters at most, says the protocol' },
      secret: true,
    } satisfies FieldMeta),
  source: z
    .string()
    .trim()
    .regex(/^(\+?\d{1,20}|[\x20-\x7e]{1,11})$/)
    .meta({
      zh: '本方号码',
      en: 'Our number',
      help: {
        zh: '游客看到并回复的号码,如 12301、1069…;国际号码带 +。字母名称不能收到回复',
        en: 'The number people see and answer to, e.g. 12301; international ones with +. A name in letters cannot be answered',
      },
    } satisfies FieldMeta),
  bind: z
    .enum(['transceiver', 'pair'])
    .default('transceiver')
    .meta({
      zh: '绑定方式',
      en: 'Bind as',
      options: {
        transceiver: { zh: '收发同一连接(transceiver)', en: 'One connection (transceiver)' },
        pair: {
          zh: '收、发各一个连接(transmitter + receiver)',
          en: 'Two connections (transmitter and receiver)',
        },
      },
      advanced: true,
    } satisfies FieldMeta),
  systemType: z
    .string()
    .trim()
    .regex(/^[\x20-\x7e]{0,12}$/)
    .default('')
    .meta({ zh: 'system_type', en: 'system_type', advanced: true } satisfies FieldMeta),
  serviceType: z
    .string()
    .trim()
    .regex(/^[\x20-\x7e]{0,5}$/)
    .default('')
    .meta({ zh: 'service_type', en: 'service_type', advanced: true } satisfies FieldMeta),
  destinationStyle: z
    .enum(['international', 'plus', 'national'])
    .default('international')
    .meta({
      zh: '对方号码写法',
      en: 'How their numbers are written',
      options: {
        international: { zh: '8613800138000', en: '8613800138000' },
        plus: { zh: '+8613800138000', en: '+8613800138000' },
        national: {
          zh: '国内号码不带 86:13800138000',
          en: 'Chinese ones without 86: 13800138000',
        },
      },
      advanced: true,
    } satisfies FieldMeta),
  alphabet: z
    .enum(['gsm7', 'latin1'])
    .default('gsm7')
    .meta({
      zh: '短信中心默认字母表(data_coding 0)',
      en: 'The centre’s default alphabet (data_coding 0)',
      help: {
        zh: '收到的 @ 变成别的字符时改用 Latin-1',
        en: 'Choose Latin-1 when @ arrives as another character',
      },
      options: {
        gsm7: { zh: 'GSM 03.38', en: 'GSM 03.38' },
        latin1: { zh: 'Latin-1', en: 'Latin-1' },
      },
      advanced: true,
    } satisfies FieldMeta),
  long: z
    .enum(['udh', 'udh16', 'sar', 'payload'])
    .default('udh')
    .meta({
      zh: '长短信发送方式',
      en: 'How long texts go',
      options: {
        udh: { zh: '分段,UDH 8 位参考号', en: 'In parts with a header (8-bit reference)' },
        udh16: { zh: '分段,UDH 16 位参考号', en: 'In parts with a header (16-bit reference)' },
        sar: { zh: '分段,sar_* 参数', en: 'In parts with sar_* parameters' },
        payload: { zh: '整条,message_payload', en: 'Whole, in message_payload' },
      },
      advanced: true,
    } satisfies FieldMeta),
  receipts: z
    .boolean()
    .default(true)
    .meta({
      zh: '要求状态报告',
      en: 'Ask for delivery receipts',
      advanced: true,
    } satisfies FieldMeta),
  receiptIds: z
    .enum(['auto', 'same', 'decimalToHex', 'hexToDecimal'])
    .default('auto')
    .meta({
      zh: '状态报告中的消息号',
      en: 'Message ids in receipts',
      options: {
        auto: { zh: '自动识别', en: 'Find out' },
        same: { zh: '与应答相同', en: 'As in the answer' },
        decimalToHex: {
          zh: '应答为十六进制,报告为十进制',
          en: 'Hex in the answer, decimal in the receipt',
        },
        hexToDecimal: {
          zh: '应答为十进制,报告为十六进制',
          en: 'Decimal in the answer, hex in the receipt',
        },
      },
      advanced: true,
    } satisfies FieldMeta),
  validHours: z
    .number()
    .int()
    .min(0)
    .max(72)
    .default(0)
    .meta({
      zh: '有效期(小时)',
      en: 'Valid for (hours)',
      help: {
        zh: '对方关机时短信中心保留多久;0 由短信中心决定',
        en: 'How long the centre keeps a text for a telephone that is off; 0: as it likes',
      },
      advanced: true,
    } satisfies FieldMeta),
  window: sendWindow(10),
  perSecond,
  enquireSeconds: z
    .number()
    .min(0.1)
    .max(600)
    .default(30)
    .meta({
      zh: '链路检测间隔(秒)',
      en: 'Seconds between enquire_link',
      advanced: true,
    } satisfies FieldMeta),
  responseSeconds: responseSeconds(15, 0.1),
  authority: z
    .string()
    .trim()
    .max(20_000)
    .default('')
    .meta({
      zh: '对方的 CA 证书(PEM)',
      en: 'Their certificate authority (PEM)',
      help: {
        zh: '仅当短信中心用自签证书时填写',
        en: 'Only where the centre’s certificate is not publicly signed',
      },
      advanced: true,
    } satisfies FieldMeta),
})
export type SmppSettings = z.infer<typeof smppSettings>

export const smppKind: AccountKind<typeof smppSettings> = {
  kind: 'smpp',
  channel: 'sms',
  name: { zh: '短信(SMPP 直连)', en: 'SMS (SMPP 3.4)' },
  settings: smppSettings,
  callbacks: [],
  notice: {
    zh: '须与运营商或国际短信聚合商签约;双向短信,可与游客自由对话。',
    en: 'Needs a contract with a carrier or aggregator. Two-way: a free conversation with tourists.',
  },
}
