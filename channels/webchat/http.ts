/** Web chat's HTTP doors: token, uploads, and the widget's files with the policies they need. */
import path from 'node:path'
import type { Request, Response } from 'express'
import express from 'express'
import rateLimit from 'express-rate-limit'
import { fail, YiluError } from '../../gateway/errors.ts'
import type { Files } from '../../gateway/files/files.ts'
import { MAX_FILE_BYTES } from '../../gateway/files/files.ts'
import { receiveUpload } from '../../gateway/http/receive-upload.ts'
import type { Account } from '../../gateway/intake/model.ts'
import { AccountModel } from '../../gateway/intake/model.ts'
import { newId } from '../../gateway/store/id.ts'
import type { TokenResponse, UploadResponse } from './protocol.ts'
import { tokenRequest } from './protocol.ts'
import type { VisitorTokens } from './visitor-token.ts'

const UPLOADS_PER_MINUTE = 30

export interface WebchatHttpOptions {
  tokens: VisitorTokens
  files: Files
  /** new visitors admitted per minute from one address */
  visitorsPerMinute: number
  /** folder with what build-widget made */
  assets: string
  now: () => number
}

/** What the widget's own page may do: nothing but talk to this server. */
const framePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "connect-src 'self' ws: wss:",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

const demoPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "frame-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

export function webchatHttp({
  tokens,
  files,
  assets,
  visitorsPerMinute,
  now,
}: WebchatHttpOptions): express.Router {
  const router = express.Router()
  const limit = (perMinute: number) =>
    rateLimit({
      windowMs: 60_000,
      limit: perMinute,
      standardHeaders: 'draft-8',
      legacyHeaders: false,
      handler: (_request, _response, next) => next(new YiluError('RATE_LIMITED')),
    })

  router.get('/', (_request, response) => page(response, 'demo.html', demoPolicy))
  router.get('/webchat/frame', async (request, response) => {
    const account = await enabledAccount(String(request.query.account ?? ''))
    const ancestors = ["'self'", ...account.allowedOrigins.map((origin) => new URL(origin).origin)]
    page(response, 'frame.html', `${framePolicy}; frame-ancestors ${ancestors.join(' ')}`)
  })
  router.use(
    '/webchat',
    express.static(assets, {
      index: false,
      extensions: false,
      setHeaders(response, file) {
        // the loader stands on other people's pages
        if (file.endsWith('loader.js'))
          response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin')
        response.setHeader('Cache-Control', 'public, max-age=300')
      },
    }),
  )

  router.post('/webchat/token', limit(visitorsPerMinute), async (request, response) => {
    const body = tokenRequest.safeParse(request.body)
    if (!body.success) fail('BAD_REQUEST')
    const account = await enabledAccount(body.data.account)
    checkOrigin(request, account)
    const known = body.data.token
      ? await tokens.verify(body.data.token).catch(() => undefined)
      : undefined
    const visitorId = known?.accountId === account._id ? known.visitorId : newId()
    const { token, expiresAtMs } = await tokens.sign({ visitorId, accountId: account._id }, now())
    const answer: TokenResponse = {
      token,
      visitorId,
      expiresAtMs,
      title: account.title as TokenResponse['title'],
      greeting: account.greeting as TokenResponse['greeting'],
    }
    response.json(answer)
  })

  router.post('/webchat/uploads', limit(UPLOADS_PER_MINUTE), async (request, response) => {
    const bearer = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')
    const visitor = await tokens.verify(bearer?.[1] ?? fail('BAD_TOKEN'))
    response.json(await receiveFile(request, files, visitor.visitorId))
  })

  function page(response: Response, file: string, policy: string): void {
    response.setHeader('Content-Security-Policy', policy)
    response.setHeader('Cache-Control', 'no-cache')
    // frame-ancestors decides; the older header would refuse every other site
    response.removeHeader('X-Frame-Options')
    response.sendFile(path.join(assets, file))
  }
  return router
}

/** The widget is served from here, so its requests come from this origin or from one on the list. */
export function checkOrigin(request: Pick<Request, 'headers'>, account: Account): void {
  const { origin, host } = request.headers
  if (origin === undefined) return
  if (URL.canParse(origin) && new URL(origin).host === host) return
  if (!account.allowedOrigins.some((allowed) => new URL(allowed).origin === origin))
    fail('BAD_ORIGIN', { origin })
}

export async function enabledAccount(id: string): Promise<Account> {
  const account = (await AccountModel.findById(id).lean<Account>()) ?? fail('NOT_FOUND')
  if (account.channel !== 'webchat') fail('NOT_FOUND')
  if (!account.enabled) fail('ACCOUNT_DISABLED')
  return account
}

/** One file of a multipart body, read no further than allowed. */
export async function receiveFile(
  request: Request,
  files: Files,
  by: string,
): Promise<UploadResponse> {
  const stored = await receiveUpload(request, MAX_FILE_BYTES, (stream, name) =>
    files.put(stream, name, by),
  )
  const { _id: blobId, name, mime, bytes, kind } = stored
  return { blobId, name, mime, bytes, kind, url: files.address(blobId) }
}
