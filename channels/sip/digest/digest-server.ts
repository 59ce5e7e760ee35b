import { createHash, timingSafeEqual } from 'node:crypto'
import { formatDigest, parseAuthParams } from './auth-params.ts'
import { algorithmOf, digestResponse } from './hash.ts'
import { NonceKeeper } from './nonce-keeper.ts'

/** H(user:realm:password), hexadecimal, by both algorithms that are offered. */
export interface StoredSecret {
  md5: string
  sha256: string
}

export interface SignedRequest {
  method: string
  /** values of Authorization or Proxy-Authorization */
  credentials: readonly string[]
  nowMs: number
}

export type Verdict =
  | { ok: true; userName: string }
  /** `stale`: the password was right, only the nonce too old; the peer repeats without asking a person */
  | { ok: false; stale: boolean; reason: 'missing' | 'stale' | 'replayed' | 'wrong' }

/** Digest as server (RFC 7616, RFC 8760; RFC 2617 peers with MD5, RFC 2069 peers without qop). */
export class DigestServer {
  private readonly realm: string
  private readonly secretOf: (userName: string) => StoredSecret | undefined
  private readonly nonces: NonceKeeper
  /** says nothing; RFC 7616 §3.3 wants it returned unchanged, some phones expect one */
  private readonly opaque: string

  constructor(options: {
    realm: string
    secretOf: (userName: string) => StoredSecret | undefined
    nonces?: NonceKeeper
  }) {
    this.realm = options.realm
    this.secretOf = options.secretOf
    this.nonces = options.nonces ?? new NonceKeeper()
    this.opaque = createHash('sha256').update(options.realm).digest('hex').slice(0, 16)
  }

  /**
   * Values for WWW-Authenticate or Proxy-Authenticate, one header line each, the stronger first
   * (RFC 8760 §2.3); both share a nonce.
   */
  challenge(nowMs: number, stale = false): string[] {
    const nonce = this.nonces.issue(nowMs)
    return ['SHA-256', 'MD5'].map((algorithm) =>
      formatDigest(
        {
          realm: this.realm,
          nonce,
          opaque: this.opaque,
          ...(stale && { stale: 'true' }),
          algorithm,
          qop: 'auth',
        },
        false,
      ),
    )
  }

  /**
   * The signed URI is taken from the credentials and not compared with the request's: proxies rewrite that one
   * (RFC 3261 §22.4), and a copied signature fails at the nonce count.
   */
  verify(request: SignedRequest): Verdict {
    const params = this.ours(request.credentials)
    if (!params) return { ok: false, stale: false, reason: 'missing' }
    const nonce = params.get('nonce') ?? ''
    const state = this.nonces.check(nonce, request.nowMs)
    if (state === 'forged') return { ok: false, stale: true, reason: 'stale' }
    const userName = params.get('username') ?? ''
    if (!this.signatureIsRight(params, userName, request.method))
      return { ok: false, stale: false, reason: 'wrong' }
    if (state === 'stale') return { ok: false, stale: true, reason: 'stale' }
    // without qop there is no count: such a nonce serves once
    const count = params.has('qop') ? parseInt(params.get('nc') ?? '', 16) : 1
    return this.nonces.use(nonce, count, request.nowMs)
      ? { ok: true, userName }
      : { ok: false, stale: true, reason: 'replayed' }
  }

  /** Credentials of our realm; a request may carry others' for further proxies (RFC 3261 §22.3). */
  private ours(values: readonly string[]): Map<string, string> | undefined {
    for (const value of values) {
      const parsed = parseAuthParams(value)
      if (parsed?.scheme === 'digest' && parsed.params.get('realm') === this.realm)
        return parsed.params
    }
    return undefined
  }

  private signatureIsRight(params: Map<string, string>, userName: string, method: string): boolean {
    const algorithm = algorithmOf(params.get('algorithm'))
    if (algorithm !== 'MD5' && algorithm !== 'SHA-256') return false
    const qop = params.get('qop')
    const nc = params.get('nc')
    if (qop !== undefined && (qop !== 'auth' || !/^[0-9a-f]{8}$/i.test(nc ?? ''))) return false
    const stored = this.secretOf(userName)
    const expected = digestResponse({
      algorithm,
      // an unknown user costs as long as a known one
      secret: (algorithm === 'MD5' ? stored?.md5 : stored?.sha256) ?? this.opaque,
      method,
      uri: params.get('uri') ?? '',
      nonce: params.get('nonce') ?? '',
      qop,
      nc,
      cnonce: params.get('cnonce'),
    })
    const given = Buffer.from((params.get('response') ?? '').toLowerCase())
    const wanted = Buffer.from(expected)
    return given.length === wanted.length && timingSafeEqual(given, wanted) && stored !== undefined
  }
}
