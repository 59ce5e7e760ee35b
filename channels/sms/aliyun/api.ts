/** Calls to Aliyun's SMS API (Dysmsapi 2017-05-25). */
import { randomUUID } from 'node:crypto'
import { callProvider, Unreachable } from '../../provider-http.ts'
import type { AliyunSettings } from './account.ts'
import { acs3Headers, canonicalQuery, rpcSignature } from './sign.ts'

const VERSION = '2017-05-25'
const MAX_ANSWER_BYTES = 256 * 1024

export interface AliyunAnswer {
  status: number
  /** OK, or why not */
  code: string
  message: string
  bizId?: string
}

/** @throws Unreachable, also where an answer is none of Aliyun's */
export async function callAliyun(
  settings: AliyunSettings,
  action: 'SendSms' | 'QuerySendStatistics',
  params: Record<string, string>,
  nowMs: number,
): Promise<AliyunAnswer> {
  const base = new URL(settings.apiBase)
  const date = new Date(nowMs).toISOString().replace(/\.\d+Z$/, 'Z')
  const { query, headers } =
    settings.signatureVersion === 'acs3'
      ? acs3(settings, base, action, params, date)
      : rpc1(settings, action, params, date)
  const url = `${base.origin}/?${canonicalQuery(query)}`
  const { status, body } = await callProvider(url, { method: 'POST', headers }, MAX_ANSWER_BYTES)
  try {
    const { Code, Message, BizId } = JSON.parse(body.toString()) as Record<string, unknown>
    if (typeof Code !== 'string') throw new SyntaxError('no Code')
    const message = typeof Message === 'string' ? Message : ''
    return { status, code: Code, message, ...(typeof BizId === 'string' && { bizId: BizId }) }
  } catch {
    throw new Unreachable('unknown', `HTTP ${status}`)
  }
}

interface Signed {
  query: Record<string, string>
  headers: Record<string, string>
}

function acs3(
  { accessKeyId, accessKeySecret, signedHost }: AliyunSettings,
  base: URL,
  action: string,
  query: Record<string, string>,
  date: string,
): Signed {
  const headers = {
    'x-acs-action': action,
    'x-acs-version': VERSION,
    'x-acs-date': date,
    'x-acs-signature-nonce': randomUUID(),
  }
  const request = { method: 'POST', host: signedHost || base.host, query, headers } as const
  return { query, headers: acs3Headers({ ...request, accessKeyId, accessKeySecret }) }
}

function rpc1(
  { accessKeyId, accessKeySecret }: AliyunSettings,
  action: string,
  params: Record<string, string>,
  date: string,
): Signed {
  const query = {
    ...params,
    ...{ Action: action, Version: VERSION, Format: 'JSON', AccessKeyId: accessKeyId },
    ...{ SignatureMethod: 'HMAC-SHA1', SignatureVersion: '1.0', SignatureNonce: randomUUID() },
    Timestamp: date,
  }
  const signature = rpcSignature('POST', query, accessKeySecret)
  return { query: { ...query, Signature: signature }, headers: {} }
}
