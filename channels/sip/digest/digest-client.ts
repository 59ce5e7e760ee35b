import { randomBytes } from 'node:crypto'
import type { SipRequest, SipResponse } from '../message/message.ts'
import { formatUri } from '../message/message.ts'
import { formatDigest, parseAuthParams } from './auth-params.ts'
import { algorithmOf, digestResponse, hash } from './hash.ts'
import type { DigestAlgorithm } from './hash.ts'

type Side = 'www' | 'proxy'
const challengeHeader = { www: 'www-authenticate', proxy: 'proxy-authenticate' } as const
const credentialsHeader = { www: 'authorization', proxy: 'proxy-authorization' } as const

interface Session {
  side: Side
  realm: string
  nonce: string
  opaque?: string
  algorithm: DigestAlgorithm
  /** as written in the challenge; undefined: it named none */
  algorithmText?: string
  qop?: 'auth' | 'auth-int'
  /** requests signed with this nonce */
  uses: number
  /** how often in a row a nonce was called stale at its first use */
  staleAtOnce: number
}
type Challenge = Session & { stale: boolean }

/** realms of one path; a peer that names ever new ones is not believed */
const MOST_REALMS = 8
/** more is a peer whose nonces never last, not one that restarted */
const MOST_STALE_AT_ONCE = 2

/**
 * Digest as client, for one account at one peer (RFC 3261 §22.2, RFC 8760). Remembers nonces, so that later
 * requests are signed at once.
 */
export class DigestClient {
  private readonly userName: string
  private readonly password: string
  private readonly sessions = new Map<string, Session>()

  constructor(credentials: { userName: string; password: string }) {
    this.userName = credentials.userName
    this.password = credentials.password
  }

  /**
   * Learns from a 401 or 407 to `request`. true: sign it again (new CSeq and branch) and send it; false: the
   * peer offers nothing that we can do, or refuses the password. Several calls may share one client.
   */
  learn(response: SipResponse, request: SipRequest): boolean {
    const side: Side = response.status === 407 ? 'proxy' : 'www'
    const best = new Map<string, Challenge>()
    for (const value of response.headers.get(challengeHeader[side]) ?? []) {
      const offered = readChallenge(value, side)
      const chosen = offered && best.get(offered.realm)
      // the first that we know wins (RFC 8760 §2.4), but MD5 never over a better one
      if (offered && (!chosen || (isMd5(chosen) && !isMd5(offered))))
        best.set(offered.realm, offered)
    }
    for (const challenge of best.values()) if (!this.adopt(challenge, request)) return false
    return best.size > 0
  }

  private adopt({ stale, ...session }: Challenge, request: SipRequest): boolean {
    const key = `${session.side} ${session.realm}`
    const earlier = this.sessions.get(key)
    if (this.signedAtFirst(session, earlier, request)) {
      // what the peer had just given was signed and still refused: a wrong password, or it never stops
      session.staleAtOnce = (earlier?.staleAtOnce ?? 0) + 1
      if (!stale || session.staleAtOnce > MOST_STALE_AT_ONCE) {
        this.sessions.delete(key)
        return false
      }
    }
    if (!earlier && this.sessions.size >= MOST_REALMS) return false
    this.sessions.set(key, session)
    return true
  }

  /** whether the refused request was the first that its nonce was used for */
  private signedAtFirst(
    { side, realm }: Session,
    earlier: Session | undefined,
    request: SipRequest,
  ): boolean {
    for (const value of request.headers.get(credentialsHeader[side]) ?? []) {
      const params = parseAuthParams(value)?.params
      if (params?.get('realm') !== realm) continue
      const nc = params.get('nc')
      if (nc !== undefined) return parseInt(nc, 16) === 1
      return earlier?.nonce === params.get('nonce') && earlier?.uses === 1
    }
    return false
  }

  /** Puts Authorization and Proxy-Authorization on a request, replacing what was there. */
  sign(request: SipRequest): void {
    for (const side of ['www', 'proxy'] as const) {
      const values = [...this.sessions.values()]
        .filter((session) => session.side === side)
        .map((session) => this.credentials(session, request))
      if (values.length > 0) request.headers.set(credentialsHeader[side], values)
      else request.headers.delete(credentialsHeader[side])
    }
  }

  private credentials(session: Session, request: SipRequest): string {
    const { realm, nonce, algorithm, qop } = session
    session.uses++
    const uri = formatUri(request.uri)
    const needsCnonce = qop !== undefined || algorithm.endsWith('-sess')
    const cnonce = needsCnonce ? randomBytes(12).toString('hex') : undefined
    const nc = qop && session.uses.toString(16).padStart(8, '0')
    const response = digestResponse({
      algorithm,
      secret: hash(algorithm, `${this.userName}:${realm}:${this.password}`),
      method: request.method,
      uri,
      nonce,
      qop,
      nc,
      cnonce,
      body: request.body,
    })
    return formatDigest(
      {
        username: this.userName,
        realm,
        nonce,
        uri,
        response,
        algorithm: session.algorithmText,
        cnonce,
        opaque: session.opaque,
        qop,
        nc,
      },
      true,
    )
  }
}

const isMd5 = (session: Session): boolean => session.algorithm.startsWith('MD5')

function readChallenge(value: string, side: Side): Challenge | undefined {
  const parsed = parseAuthParams(value)
  if (parsed?.scheme !== 'digest') return undefined
  const { params } = parsed
  const realm = params.get('realm')
  const nonce = params.get('nonce')
  const algorithm = algorithmOf(params.get('algorithm'))
  if (realm === undefined || nonce === undefined || !algorithm) return undefined
  const offered = params
    .get('qop')
    ?.toLowerCase()
    .split(/[\s,]+/)
  const qop = offered && (['auth', 'auth-int'] as const).find((one) => offered.includes(one))
  // a qop we cannot do must not be answered as if none was asked
  if (offered && !qop) return undefined
  return {
    side,
    realm,
    nonce,
    opaque: params.get('opaque'),
    algorithm,
    algorithmText: params.get('algorithm'),
    qop,
    uses: 0,
    staleAtOnce: 0,
    stale: params.get('stale')?.toLowerCase() === 'true',
  }
}
