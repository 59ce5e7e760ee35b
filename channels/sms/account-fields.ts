/** Fields that several kinds of SMS accounts are set up with. */
import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { FieldMeta } from '../provider.ts'

/** Of providers who do not sign what they push: a part of the address that only they are told. */
export const callbackToken = (help: NonNullable<FieldMeta['help']>) =>
  z
    .string()
    .regex(/^[A-Za-z0-9_-]{16,64}$/)
    .default(() => randomBytes(18).toString('base64url'))
    .meta({
      zh: '回调地址密钥',
      en: 'Secret of the callback address',
      help,
    } satisfies FieldMeta)

export const allowedIps = z
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
  } satisfies FieldMeta)

/** @param host the provider's own */
export const signedHost = (host: string) =>
  z
    .string()
    .trim()
    .max(253)
    .default('')
    .meta({
      zh: '签名用主机名',
      en: 'Host that is signed',
      help: {
        zh: `经反向代理访问且代理改写 Host 时填写,如 ${host};平时留空。`,
        en: `Where a proxy in between rewrites the host, e.g. ${host}; otherwise empty.`,
      },
      advanced: true,
    } satisfies FieldMeta)

/** Of providers who send approved texts only. */
export const noticesOnly = {
  zh: '只能发送已审核的模板,不能自由对话:适合通知和验证码。游客的回复能收到。',
  en: 'Sends approved templates only, no free conversation: for notices and codes. Replies are received.',
}

/** Messages on their way without an answer, on a line of our own to a carrier. */
export const sendWindow = (standard: number) =>
  z
    .number()
    .int()
    .min(1)
    .max(256)
    .default(standard)
    .meta({ zh: '滑动窗口', en: 'Window', advanced: true } satisfies FieldMeta)

export const perSecond = z
  .number()
  .int()
  .min(0)
  .max(5000)
  .default(0)
  .meta({
    zh: '每秒条数上限',
    en: 'Messages per second',
    help: { zh: '0 为不限,由对端流控', en: '0: no limit of ours; the other end tells' },
    advanced: true,
  } satisfies FieldMeta)

export const responseSeconds = (standard: number, min: number) =>
  z
    .number()
    .min(min)
    .max(120)
    .default(standard)
    .meta({
      zh: '应答超时(秒)',
      en: 'Seconds an answer is waited for',
      advanced: true,
    } satisfies FieldMeta)
