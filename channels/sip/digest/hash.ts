import { createHash } from 'node:crypto'

/** RFC 7616 §3.3 and RFC 8760 §2.1; the `-sess` forms bind the key to nonce and cnonce. */
export type DigestAlgorithm =
  'MD5' | 'MD5-sess' | 'SHA-256' | 'SHA-256-sess' | 'SHA-512-256' | 'SHA-512-256-sess'

const hashNames: Record<DigestAlgorithm, string> = {
  MD5: 'md5',
  'MD5-sess': 'md5',
  'SHA-256': 'sha256',
  'SHA-256-sess': 'sha256',
  'SHA-512-256': 'sha512-256',
  'SHA-512-256-sess': 'sha512-256',
}

/** The algorithm as written in a challenge; none means MD5 (RFC 2617 §3.2.1). undefined: unknown. */
export function algorithmOf(text: string | undefined): DigestAlgorithm | undefined {
  if (text === undefined) return 'MD5'
  const names = Object.keys(hashNames) as DigestAlgorithm[]
  return names.find((name) => name.toLowerCase() === text.toLowerCase())
}

/** Hexadecimal digest of UTF-8 text or bytes. */
export function hash(algorithm: DigestAlgorithm, data: string | Buffer): string {
  return createHash(hashNames[algorithm]).update(data).digest('hex')
}

/** What is stored instead of a password: H(user:realm:password) by both algorithms that we offer. */
export function digestSecret(
  userName: string,
  realm: string,
  password: string,
): { md5: string; sha256: string } {
  const text = `${userName}:${realm}:${password}`
  return { md5: hash('MD5', text), sha256: hash('SHA-256', text) }
}

export interface DigestInput {
  algorithm: DigestAlgorithm
  /** H(user:realm:password), hexadecimal */
  secret: string
  method: string
  uri: string
  nonce: string
  /** undefined: as RFC 2069 did, without nc and cnonce */
  qop?: 'auth' | 'auth-int'
  /** eight hexadecimal digits */
  nc?: string
  cnonce?: string
  /** for auth-int */
  body?: Buffer
}

/** The `response` value (RFC 7616 §3.4.1). */
export function digestResponse(input: DigestInput): string {
  const { algorithm, nonce, cnonce = '' } = input
  const session = algorithm.endsWith('-sess')
  const a1 = session ? hash(algorithm, `${input.secret}:${nonce}:${cnonce}`) : input.secret
  const entity =
    input.qop === 'auth-int' ? `:${hash(algorithm, input.body ?? Buffer.alloc(0))}` : ''
  const a2 = hash(algorithm, `${input.method}:${input.uri}${entity}`)
  return input.qop === undefined
    ? hash(algorithm, `${a1}:${nonce}:${a2}`)
    : hash(algorithm, `${a1}:${nonce}:${input.nc ?? ''}:${cnonce}:${input.qop}:${a2}`)
}
