/**
 * X-Twilio-Signature (twilio.com/docs/usage/security): HMAC-SHA1 over the address Twilio called, as they know it,
 * and the sorted parameters of the form.
 */
import { createHmac } from 'node:crypto'
import { signatureIs } from '../../callback-crypto.ts'

/** @param params repeated ones stand in order of their values, each once */
export function twilioSignature(authToken: string, url: string, params: URLSearchParams): string {
  const names = [...new Set(params.keys())].sort()
  const text = names
    .flatMap((name) => [...new Set(params.getAll(name))].sort().map((value) => name + value))
    .join('')
  return createHmac('sha1', authToken)
    .update(url + text)
    .digest('base64')
}

/**
 * In constant time. Twilio writes the standard port into the address in some products and leaves it out in
 * others, so both forms count.
 */
export function isTwilios(
  authToken: string,
  url: string,
  params: URLSearchParams,
  given: string,
): boolean {
  return bothForms(url)
    .map((form) => signatureIs(twilioSignature(authToken, form, params), given))
    .includes(true)
}

function bothForms(url: string): string[] {
  const { protocol, port } = new URL(url)
  const standard = protocol === 'https:' ? '443' : '80'
  const [, origin = '', rest = ''] = /^(\w+:\/\/[^/?#]+)(.*)$/s.exec(url) ?? []
  const without = origin.replace(/:\d+$/, '')
  return [...new Set([url, `${without}:${port || standard}${rest}`, without + rest])]
}
