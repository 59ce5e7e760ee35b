/** Who a browser is: a signed token that it keeps, renewed by the server, revocable by account. */
import { errors, jwtVerify, SignJWT } from 'jose'
import { fail } from '../../gateway/errors.ts'

const ISSUER = 'yilu.webchat'
/** A tourist who comes back next season is still the same visitor. */
export const TOKEN_DAYS = 365

export interface Visitor {
  visitorId: string
  accountId: string
}

export class VisitorTokens {
  private readonly key: Uint8Array

  constructor(secret: string) {
    this.key = new TextEncoder().encode(`webchat|${secret}`)
  }

  async sign(
    { visitorId, accountId }: Visitor,
    nowMs: number,
  ): Promise<{ token: string; expiresAtMs: number }> {
    const expiresAtMs = nowMs + TOKEN_DAYS * 86_400_000
    const token = await new SignJWT({ acc: accountId })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer(ISSUER)
      .setSubject(visitorId)
      .setIssuedAt(Math.floor(nowMs / 1000))
      .setExpirationTime(Math.floor(expiresAtMs / 1000))
      .sign(this.key)
    return { token, expiresAtMs }
  }

  /** @throws BAD_TOKEN for anything not signed by us, for another purpose, or expired */
  async verify(token: string): Promise<Visitor> {
    try {
      const { payload } = await jwtVerify(token, this.key, {
        issuer: ISSUER,
        algorithms: ['HS256'],
      })
      if (typeof payload.acc !== 'string' || !payload.sub)
        throw new errors.JWTInvalid('claims missing')
      return { visitorId: payload.sub, accountId: payload.acc }
    } catch (error) {
      if (error instanceof errors.JOSEError) fail('BAD_TOKEN')
      throw error
    }
  }
}
