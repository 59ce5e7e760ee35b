import { quote, unquote } from '../message/quoting.ts'
import { Scanner } from '../message/scanner.ts'
import { fault, orUndefined } from '../message/syntax-fault.ts'

/** A challenge or credentials: `Digest realm="…", nonce="…", qop="auth"` (RFC 7616 §3.3, §3.4). */
export interface AuthParams {
  /** lower case: 'digest' */
  scheme: string
  /** lower-case names, values unquoted */
  params: Map<string, string>
}

/** ours have at most twelve */
const MOST_PARAMS = 32

/** undefined: malformed, or a name given twice */
export function parseAuthParams(value: string): AuthParams | undefined {
  return orUndefined(() => {
    const scanner = new Scanner(value)
    scanner.space()
    const scheme = scanner.token().toLowerCase()
    const params = new Map<string, string>()
    scanner.space()
    while (!scanner.done) {
      const name = scanner.token().toLowerCase()
      scanner.expect('=')
      const text = scanner.peek() === 34 ? unquote(scanner.quoted()) : scanner.word()
      // two values of one name: which was signed cannot be told
      if (params.has(name) || params.size === MOST_PARAMS) fault('credentials malformed')
      params.set(name, text)
      if (!scanner.take(',') && !scanner.done) fault('credentials malformed')
    }
    return { scheme, params }
  })
}

/** Written without quotes by the grammar; peers are known that fail on the wrong form. */
const bare = new Set(['algorithm', 'stale', 'nc'])

/** @param qopBare credentials write qop bare, challenges quote it (RFC 7616 §3.4, §3.3) */
export function formatDigest(params: Record<string, string | undefined>, qopBare: boolean): string {
  const parts: string[] = []
  for (const [name, value] of Object.entries(params)) {
    if (value === undefined) continue
    const isBare = bare.has(name) || (name === 'qop' && qopBare)
    parts.push(`${name}=${isBare ? value : quote(value)}`)
  }
  return `Digest ${parts.join(', ')}`
}
