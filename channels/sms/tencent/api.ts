/** Calls to Tencent Cloud's SMS API (2021-01-11). */
import { callProvider, Unreachable } from '../../provider-http.ts'
import type { TencentSettings } from './account.ts'
import { tc3Authorization } from './sign.ts'

const VERSION = '2021-01-11'
const MAX_ANSWER_BYTES = 256 * 1024
const CONTENT_TYPE = 'application/json; charset=utf-8'

export interface TencentResponse {
  Error?: { Code: string; Message: string }
  SendStatusSet?: { SerialNo: string; Code: string; Message: string }[]
}

/** @throws Unreachable, also where an answer is none of Tencent's */
export async function callTencent(
  settings: TencentSettings,
  action: 'SendSms' | 'SendStatusStatistics',
  params: object,
  nowMs: number,
): Promise<TencentResponse> {
  const { secretId, secretKey, apiBase, signedHost, region } = settings
  const base = new URL(apiBase)
  const payload = JSON.stringify(params)
  const timestampSeconds = Math.floor(nowMs / 1000)
  const headers = {
    'content-type': CONTENT_TYPE,
    'x-tc-action': action,
    'x-tc-version': VERSION,
    'x-tc-timestamp': String(timestampSeconds),
    'x-tc-region': region,
    // the service stays 'sms' under whatever name the API is reached
    authorization: tc3Authorization({
      ...{ service: 'sms', host: signedHost || base.host, payload, timestampSeconds },
      ...{ secretId, secretKey, action, contentType: CONTENT_TYPE },
    }),
  }
  const init = { method: 'POST', headers, body: payload }
  const { status, body } = await callProvider(`${base.origin}/`, init, MAX_ANSWER_BYTES)
  try {
    const { Response: response } = JSON.parse(body.toString()) as { Response?: TencentResponse }
    if (response && typeof response === 'object') return response
  } catch {
    // a page of some proxy in between
  }
  throw new Unreachable('unknown', `HTTP ${status}`)
}
