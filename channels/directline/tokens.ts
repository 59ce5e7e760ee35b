/**
 * Tokens: signed with a key made of the account's secret, so that they end with it, and good for one conversation.
 * The claims `conv` and `user` are those Bot Framework clients look for.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { errors, jwtVerify, SignJWT } from 'jose'
import { newId } from '../../gateway/store/id.ts'
import type { DirectLineAccount } from './account.ts'
import { refuse } from './refusal.ts'

const ISSUER = 'yilu.directline'
/** Between the answer and the handshake; a client that comes back later asks for a new address. */
const STREAM_SECONDS = 60

/** Who may do what. */
export interface Pass {
  conversationId: string
  userId: string
  /** the site said who it is; otherwise we made the id up */
  named: boolean
}

export interface StreamPass extends Pass {
  /** the address the client reaches us at */
  base: string
}

export class DirectLineTokens {
  private readonly now: () => number

  constructor(now: () => number) {
    this.now = now
  }

  /** @returns with its lifetime in seconds */
  async sign(
    account: DirectLineAccount,
    pass: Pass,
  ): Promise<{ token: string; expiresIn: number }> {
    const expiresIn = account.settings.tokenMinutes * 60
    return { token: await this.signed(account, 'client', expiresIn, { ...pass }), expiresIn }
  }

  signStream(account: DirectLineAccount, pass: StreamPass): Promise<string> {
    return this.signed(account, 'stream', STREAM_SECONDS, { ...pass })
  }

  /** @throws Refusal */
  async verify(account: DirectLineAccount, token: string): Promise<Pass> {
    const claims = await this.claims(account, 'client', token)
    return passOf(claims) ?? refuse('BadToken')
  }

  /** @throws Refusal */
  async verifyStream(account: DirectLineAccount, token: string): Promise<StreamPass> {
    const claims = await this.claims(account, 'stream', token)
    const pass = passOf(claims)
    if (!pass || typeof claims.base !== 'string') return refuse('BadToken')
    return { ...pass, base: claims.base }
  }

  private signed(
    account: DirectLineAccount,
    audience: string,
    seconds: number,
    { conversationId, userId, named, base }: Pass & { base?: string },
  ): Promise<string> {
    const nowSeconds = Math.floor(this.now() / 1000)
    return new SignJWT({ conv: conversationId, user: userId, named, ...(base && { base }) })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer(ISSUER)
      .setAudience(audience)
      .setIssuedAt(nowSeconds)
      .setExpirationTime(nowSeconds + seconds)
      .sign(keyOf(account.id, account.settings.secret))
  }

  private async claims(
    account: DirectLineAccount,
    audience: string,
    token: string,
  ): Promise<Record<string, unknown>> {
    for (const secret of secretsOf(account)) {
      try {
        const { payload } = await jwtVerify(token, keyOf(account.id, secret), {
          issuer: ISSUER,
          audience,
          algorithms: ['HS256'],
          currentDate: new Date(this.now()),
        })
        return payload
      } catch (error) {
        if (error instanceof errors.JWTExpired) refuse('TokenExpired')
        if (!(error instanceof errors.JOSEError)) throw error
      }
    }
    return refuse('BadToken')
  }
}

/** In constant time. */
export function isSecret(account: DirectLineAccount, given: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest()
  return secretsOf(account).some((secret) => timingSafeEqual(hash(secret), hash(given)))
}

const ID_CHARS = 32
const MARK_CHARS = 16

/** An id that is known again as ours before anything was said in it. */
export function newConversationId(account: DirectLineAccount): string {
  const id = newId()
  return id + markOf(account, account.settings.secret, id)
}

export function isConversationId(account: DirectLineAccount, given: string): boolean {
  if (!/^[0-9a-f]+$/.test(given) || given.length !== ID_CHARS + MARK_CHARS) return false
  const id = given.slice(0, ID_CHARS)
  return secretsOf(account).some((secret) =>
    timingSafeEqual(Buffer.from(markOf(account, secret, id)), Buffer.from(given.slice(ID_CHARS))),
  )
}

const markOf = ({ id: accountId }: DirectLineAccount, secret: string, id: string): string =>
  createHmac('sha256', secret)
    .update(`conversation|${accountId}|${id}`)
    .digest('hex')
    .slice(0, MARK_CHARS)

const secretsOf = ({ settings }: DirectLineAccount): string[] =>
  settings.secondSecret ? [settings.secret, settings.secondSecret] : [settings.secret]

const keyOf = (accountId: string, secret: string): Uint8Array =>
  createHash('sha256').update(`directline|${accountId}|${secret}`).digest()

function passOf({ conv, user, named }: Record<string, unknown>): Pass | undefined {
  if (typeof conv !== 'string' || typeof user !== 'string') return undefined
  return { conversationId: conv, userId: user, named: named === true }
}
