/** The session cookie, and whether a request may change anything. */
import type { IncomingMessage } from 'node:http'
import type { Request, Response } from 'express'
import { fail } from '../errors.ts'

const COOKIE = 'yilu_session'

export function readSessionToken(request: Pick<IncomingMessage, 'headers'>): string | undefined {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const equals = pair.indexOf('=')
    if (equals > 0 && pair.slice(0, equals).trim() === COOKIE) return pair.slice(equals + 1).trim()
  }
  return undefined
}

/** No script can read it, no other site can send it; over https it never travels in the clear. */
export function setSessionCookie(request: Request, response: Response, token: string): void {
  response.cookie(COOKIE, token, {
    httpOnly: true,
    sameSite: 'strict',
    secure: request.secure,
    path: '/',
  })
}

export function clearSessionCookie(response: Response): void {
  response.clearCookie(COOKIE, { httpOnly: true, sameSite: 'strict', path: '/' })
}

/**
 * Browsers say where a request comes from (Fetch standard: Origin on every unsafe method and WebSocket
 * handshake). One from another site is refused; one without the header is no browser's and brings no cookie
 * by accident.
 */
export function requireSameOrigin(request: IncomingMessage, publicUrl?: string): void {
  const { origin, host } = request.headers
  if (origin === undefined) return
  if (publicUrl && origin === new URL(publicUrl).origin) return
  if (!URL.canParse(origin) || new URL(origin).host !== host) fail('BAD_ORIGIN', { origin })
}
