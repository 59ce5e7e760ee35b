/**
 * What a link to a call is signed with: one conversation, one leg of it (and so one account and one contact),
 * for half an hour. Kept short, since it is sent as a text message and read by people.
 */
import { errors, jwtVerify, SignJWT } from 'jose'
import { fail } from '../../gateway/errors.ts'

export const CALL_LINK_MINUTES = 30

export interface CallLink {
  conversationId: string
  /** its place among the legs of the conversation, which only grow */
  leg: number
}

export class CallTokens {
  private readonly key: Uint8Array

  constructor(secret: string) {
    // a key of its own: a visitor's token opens no call, and this one no chat
    this.key = new TextEncoder().encode(`call-link|${secret}`)
  }

  sign({ conversationId, leg }: CallLink, nowMs: number): Promise<string> {
    return new SignJWT({ leg })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(Buffer.from(conversationId, 'hex').toString('base64url'))
      .setExpirationTime(Math.floor(nowMs / 1000) + CALL_LINK_MINUTES * 60)
      .sign(this.key)
  }

  /** @throws CALL_LINK_OVER when it has expired, CALL_LINK_BAD for anything not signed by us for this */
  async verify(token: string, nowMs: number): Promise<CallLink & { untilMs: number }> {
    try {
      const { payload } = await jwtVerify(token, this.key, {
        algorithms: ['HS256'],
        requiredClaims: ['sub', 'exp'],
        currentDate: new Date(nowMs),
      })
      const conversationId = Buffer.from(payload.sub!, 'base64url').toString('hex')
      return { conversationId, leg: Number(payload.leg), untilMs: payload.exp! * 1000 }
    } catch (error) {
      if (error instanceof errors.JWTExpired) fail('CALL_LINK_OVER')
      if (error instanceof errors.JOSEError) fail('CALL_LINK_BAD')
      throw error
    }
  }
}
