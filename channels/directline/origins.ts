/** Which pages may use an account, by where they come from (Fetch standard, CORS). */
import type { IncomingMessage } from 'node:http'
import type { RequestHandler, Response } from 'express'
import type { DirectLineAccount } from './account.ts'
import { refuse } from './refusal.ts'

/** What DirectLineJS sends along. */
const HEADERS = 'authorization, content-type, x-ms-bot-agent, x-requested-with'
const PREFLIGHT_SECONDS = '600'

/** No browser says where it is from when it is none; ours is the origin we are reached at. */
export function originAllowed(
  account: DirectLineAccount,
  { headers }: Pick<IncomingMessage, 'headers'>,
  publicUrl: string | undefined,
): boolean {
  const { origin, host } = headers
  if (origin === undefined) return true
  if (!URL.canParse(origin)) return false
  if (new URL(origin).host === host) return true
  if (publicUrl && origin === new URL(publicUrl).origin) return true
  return account.settings.allowedOrigins.some((allowed) => new URL(allowed).origin === origin)
}

/** Answers the browser's question beforehand, and lets the page read the answer. */
export function crossOrigin(
  account: (id: string) => DirectLineAccount | undefined,
  publicUrl: string | undefined,
): RequestHandler {
  return (request, response, next) => {
    const found = account(String(request.params.accountId)) ?? refuse('NotFound')
    response.vary('Origin')
    if (!originAllowed(found, request, publicUrl)) refuse('BadOrigin')
    allow(response, request.headers.origin)
    if (request.method === 'OPTIONS') response.status(204).end()
    else next()
  }
}

function allow(response: Response, origin: string | undefined): void {
  if (origin === undefined) return
  response.setHeader('Access-Control-Allow-Origin', origin)
  // session/getsessionid is asked for with cookies
  response.setHeader('Access-Control-Allow-Credentials', 'true')
  response.setHeader('Access-Control-Allow-Methods', 'GET, POST, OPTIONS')
  response.setHeader('Access-Control-Allow-Headers', HEADERS)
  response.setHeader('Access-Control-Expose-Headers', 'retry-after')
  response.setHeader('Access-Control-Max-Age', PREFLIGHT_SECONDS)
}
