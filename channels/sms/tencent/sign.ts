/**
 * TC3-HMAC-SHA256 (cloud.tencent.com/document/api/382/52072). The host that is signed must be the one in the
 * request's Host header, and the service is its first label: an address of one's own in between changes neither.
 */
import { createHash, createHmac } from 'node:crypto'

export interface Tc3Request {
  service: string
  host: string
  /** JSON, exactly as it is sent */
  payload: string
  timestampSeconds: number
  secretId: string
  secretKey: string
  /** signed too when given, as newer servers recommend */
  action?: string
  contentType?: string
}

/** The Authorization header. */
export function tc3Authorization(request: Tc3Request): string {
  const { service, secretId, secretKey, timestampSeconds } = request
  const date = new Date(timestampSeconds * 1000).toISOString().slice(0, 10)
  const scope = `${date}/${service}/tc3_request`
  const { text, names } = tc3Canonical(request)
  const toSign = `TC3-HMAC-SHA256\n${timestampSeconds}\n${scope}\n${sha256(text)}`
  const ofDate = hmac(`TC3${secretKey}`, date)
  const key = hmac(hmac(ofDate, service), 'tc3_request')
  const signature = createHmac('sha256', key).update(toSign).digest('hex')
  return `TC3-HMAC-SHA256 Credential=${secretId}/${scope}, SignedHeaders=${names}, Signature=${signature}`
}

/** The canonical request, and the names of its headers. */
export function tc3Canonical(request: Tc3Request): { text: string; names: string } {
  const headers: Record<string, string> = {
    'content-type': request.contentType ?? 'application/json; charset=utf-8',
    host: request.host,
    ...(request.action && { 'x-tc-action': request.action.toLowerCase() }),
  }
  const sorted = Object.keys(headers).sort()
  const names = sorted.join(';')
  const lines = sorted.map((name) => `${name}:${headers[name]}\n`).join('')
  return { text: ['POST', '/', '', lines, names, sha256(request.payload)].join('\n'), names }
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
