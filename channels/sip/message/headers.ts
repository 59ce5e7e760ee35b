import { unquote } from './quoting.ts'
import type { SipMessage } from './sip-message.ts'

/** First value of a header by its long lower-case name. */
export function header(message: SipMessage, key: string): string | undefined {
  return message.headers.get(key)?.[0]
}

/** Replaces all values of a header; without values it is taken away. */
export function setHeader(message: SipMessage, key: string, ...values: string[]): void {
  if (values.length === 0) message.headers.delete(key)
  else message.headers.set(key, values)
}

/** Lower-case tokens of a list header: `Supported: 100rel, Timer` → ['100rel', 'timer'] */
export function tokens(message: SipMessage, key: string): string[] {
  return (message.headers.get(key) ?? []).map((value) => value.toLowerCase())
}

/** A header holding a number first, e.g. Expires or Session-Expires; undefined: missing or no number. */
export function numberHeader(message: SipMessage, key: string): number | undefined {
  const digits = /^(\d{1,10})(?=$|[;\s])/.exec(header(message, key) ?? '')?.[1]
  return digits === undefined ? undefined : Math.min(Number(digits), 2 ** 32 - 1)
}

/** Parameters behind the first ';' of a header value, lower-case names, values unquoted. */
export function valueParams(value: string): Map<string, string> {
  const params = new Map<string, string>()
  const pattern = /;\s*([^\s;="]+)\s*(?:=\s*("(?:[^"\\]|\\.)*"|[^\s;"]*))?/g
  for (const [, name, raw] of value.matchAll(pattern)) {
    const key = name!.toLowerCase()
    if (!params.has(key)) params.set(key, unquote(raw ?? ''))
  }
  return params
}
