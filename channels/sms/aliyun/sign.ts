/**
 * Signatures of Aliyun's OpenAPI: V3 (ACS3-HMAC-SHA256, help.aliyun.com/document_detail/2593177.html) and the
 * older one of RPC style (HMAC-SHA1, help.aliyun.com/document_detail/157269.html), which some private clouds want.
 */
import { createHash, createHmac } from 'node:crypto'

/** RFC 3986: encodeURIComponent leaves five characters more. */
export function percentEncoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

/** Sorted by name, encoded: as it is signed and as it is sent. */
export function canonicalQuery(params: Record<string, string>): string {
  return Object.keys(params)
    .sort()
    .map((name) => `${percentEncoded(name)}=${percentEncoded(params[name]!)}`)
    .join('&')
}

/** The `Signature` parameter of RPC style. */
export function rpcSignature(
  method: 'GET' | 'POST',
  params: Record<string, string>,
  accessKeySecret: string,
): string {
  const toSign = `${method}&%2F&${percentEncoded(canonicalQuery(params))}`
  return createHmac('sha1', `${accessKeySecret}&`).update(toSign).digest('base64')
}

export interface Acs3Request {
  method: 'GET' | 'POST'
  host: string
  query: Record<string, string>
  /** x-acs-action, x-acs-version, x-acs-date, x-acs-signature-nonce */
  headers: Record<string, string>
  body?: string
  accessKeyId: string
  accessKeySecret: string
}

/** The headers to send: those given, the hash of the body, and the signature over all of them. */
export function acs3Headers(request: Acs3Request): Record<string, string> {
  const { method, host, query, headers, body = '', accessKeyId, accessKeySecret } = request
  const hash = sha256(body)
  const signed: Record<string, string> = { host, ...headers, 'x-acs-content-sha256': hash }
  const names = Object.keys(signed).sort()
  const canonical = [
    method,
    '/',
    canonicalQuery(query),
    ...names.map((name) => `${name}:${signed[name]!.trim()}`),
    '',
    names.join(';'),
    hash,
  ].join('\n')
  const signature = createHmac('sha256', accessKeySecret)
    .update(`ACS3-HMAC-SHA256\n${sha256(canonical)}`)
    .digest('hex')
  return {
    ...headers,
    'x-acs-content-sha256': hash,
    authorization: `ACS3-HMAC-SHA256 Credential=${accessKeyId},SignedHeaders=${names.join(';')},Signature=${signature}`,
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
