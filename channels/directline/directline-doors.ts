/** Direct Line's HTTP doors, below /channels/directline/:accountId/v3/directline. */
import type { Request, Response } from 'express'
import express from 'express'
import rateLimit from 'express-rate-limit'
import { z } from 'zod'
import type { Files } from '../../gateway/files/files.ts'
import { newId } from '../../gateway/store/id.ts'
import type { DirectLineAccount } from './account.ts'
import { mayFetch } from './attachment-address.ts'
import type { DirectLine } from './directline.ts'
import type { IncomingActivity } from './incoming-activity.ts'
import { incomingActivity, MAX_ACTIVITY_BYTES } from './incoming-activity.ts'
import { mediaPart } from './media-part.ts'
import { crossOrigin } from './origins.ts'
import { receiveUpload } from './receive-upload.ts'
import { Refusal, refuse, wireRefusal } from './refusal.ts'
import type { DirectLineTokens, Pass } from './tokens.ts'
import { isConversationId, isSecret, newConversationId } from './tokens.ts'
import { readWatermark, watermarkOf } from './watermark.ts'

/** The server of a site fetches tokens for all its visitors from one address. */
const TOKENS_PER_MINUTE = 600
/** A whole hotel may share an address. */
const OPEN_TOKENS_PER_MINUTE = 60
const UPLOADS_PER_MINUTE = 30
const CONVERSATION_ID = /^[A-Za-z0-9]{1,64}$/
const PATH = '/directline/:accountId/v3/directline'

const user = z.object({ id: z.string().max(256).optional(), name: z.string().max(256).optional() })
/** Whatever else clients send along (trustedOrigins, eTag …) says nothing to us. */
const startBody = z.object({ user: user.optional(), locale: z.string().max(35).optional() })

export interface DirectLineDoorsOptions {
  account: (id: string) => DirectLineAccount | undefined
  line: Pick<DirectLine, 'begin' | 'post' | 'read' | 'exists'>
  tokens: DirectLineTokens
  files: Pick<Files, 'find' | 'read' | 'put'>
  publicUrl: string | undefined
  now: () => number
  onError: (error: unknown) => void
}

/** What a request was let in with: the secret opens every conversation of the account. */
type Key = { secret: true } | ({ secret: false } & Pass)

export function directLineDoors(options: DirectLineDoorsOptions): express.Router {
  const { line, tokens, files, publicUrl, now, onError } = options
  const router = express.Router()
  const json = express.json({ limit: MAX_ACTIVITY_BYTES, type: () => true })
  const accountOf = (request: Request): DirectLineAccount =>
    options.account(String(request.params.accountId)) ?? refuse('NotFound')

  async function keyOf(request: Request): Promise<Key> {
    const [, bearer] = /^Bearer (\S{1,4000})$/i.exec(request.headers.authorization ?? '') ?? []
    if (!bearer) return refuse('Unauthorized')
    const account = accountOf(request)
    if (isSecret(account, bearer)) return { secret: true }
    return { secret: false, ...(await tokens.verify(account, bearer)) }
  }

  /** Whom the request speaks for in the conversation its address names. */
  async function passOf(request: Request, userId?: string): Promise<Pass> {
    const key = await keyOf(request)
    const conversationId = String(request.params.conversationId)
    if (!CONVERSATION_ID.test(conversationId)) refuse('ConversationNotFound')
    if (!key.secret)
      return key.conversationId === conversationId ? key : refuse('OtherConversation')
    const account = accountOf(request)
    // one of a secret that was replaced is found in the store
    if (!isConversationId(account, conversationId) && !(await line.exists(account, conversationId)))
      refuse('ConversationNotFound')
    return passOfSecret(conversationId, userId)
  }

  async function answerConversation(
    request: Request,
    pass: Pass,
    watermark: string,
  ): Promise<object> {
    const account = accountOf(request)
    const { conversationId } = pass
    const base = baseOf(request, publicUrl)
    const { token, expiresIn } = await tokens.sign(account, pass)
    const t = await tokens.signStream(account, { ...pass, base })
    const stream = `${base.replace(/^http/, 'ws')}/conversations/${conversationId}/stream`
    const streamUrl = `${stream}?${new URLSearchParams({ watermark, t }).toString()}`
    return { conversationId, token, expires_in: expiresIn, streamUrl }
  }

  router.use(PATH, crossOrigin(options.account, publicUrl))

  router.post(
    `${PATH}/tokens/generate`,
    limit(TOKENS_PER_MINUTE),
    limit(OPEN_TOKENS_PER_MINUTE, (request) => request.headers.authorization !== undefined),
    json,
    async (request, response) => {
      const account = accountOf(request)
      const open = account.settings.openTokens && request.headers.authorization === undefined
      const key: Key = open ? { secret: true } : await keyOf(request)
      const wanted = startOf(request).user
      const pass = key.secret
        ? passOfSite(newConversationId(account), open ? undefined : wanted?.id)
        : refuse('BadToken')
      const { token, expiresIn } = await tokens.sign(account, pass)
      response.json({ conversationId: pass.conversationId, token, expires_in: expiresIn })
    },
  )

  router.post(`${PATH}/tokens/refresh`, limit(TOKENS_PER_MINUTE), async (request, response) => {
    const key = await keyOf(request)
    if (key.secret) refuse('BadToken')
    const { token, expiresIn } = await tokens.sign(accountOf(request), key)
    response.json({ conversationId: key.conversationId, token, expires_in: expiresIn })
  })

  router.post(
    `${PATH}/conversations`,
    limit(TOKENS_PER_MINUTE),
    json,
    async (request, response) => {
      const key = await keyOf(request)
      const { user: wanted, locale } = startOf(request)
      const account = accountOf(request)
      const pass = key.secret ? passOfSite(newConversationId(account), wanted?.id) : key
      const isNew = await line.begin(account, pass, locale)
      response.status(isNew ? 201 : 200).json(await answerConversation(request, pass, '-'))
    },
  )

  router.get(`${PATH}/conversations/:conversationId`, async (request, response) => {
    const pass = await passOf(request)
    const after = readWatermark(request.query.watermark)
    response.json(await answerConversation(request, pass, after ? watermarkOf(after) : '-'))
  })

  router.get(`${PATH}/conversations/:conversationId/activities`, async (request, response) => {
    const pass = await passOf(request)
    const after = readWatermark(request.query.watermark)
    const base = baseOf(request, publicUrl)
    const { activities, last } = await line.read(accountOf(request), pass, base, after)
    const reached = last ?? after
    response.json({ activities, ...(reached && { watermark: watermarkOf(reached) }) })
  })

  router.post(
    `${PATH}/conversations/:conversationId/activities`,
    json,
    async (request, response) => {
      const activity = activityOf(request.body)
      const pass = await passOf(request, activity.from?.id)
      response.json(await line.post(accountOf(request), pass, activity))
    },
  )

  router.post(
    `${PATH}/conversations/:conversationId/upload`,
    limit(UPLOADS_PER_MINUTE),
    async (request, response) => {
      const { userId } = request.query
      const pass = await passOf(request, typeof userId === 'string' ? userId : undefined)
      const { activity, files: stored } = await receiveUpload(request, files, pass.conversationId)
      const said = activity === undefined ? { type: 'message' } : activityOf(parsed(activity))
      response.json(await line.post(accountOf(request), pass, said, stored.map(mediaPart)))
    },
  )

  // asked for before an OAuth card is shown; we have none, and nothing hangs on it
  router.get(`${PATH}/session/getsessionid`, async (request, response) => {
    const key = await keyOf(request)
    response.json({ sessionId: key.secret ? newId() : key.conversationId })
  })

  router.get(`${PATH}/attachments/:blobId/views/original`, async (request, response) => {
    const blobId = String(request.params.blobId)
    if (!mayFetch(accountOf(request), blobId, request.query, now())) refuse('NotFound')
    const file = (await files.find(blobId)) ?? refuse('NotFound')
    const inline = file.kind !== 'file'
    response.setHeader(
      'Content-Type',
      file.mime === 'text/plain' ? 'text/plain; charset=utf-8' : file.mime,
    )
    response.setHeader('Content-Length', file.bytes)
    response.setHeader('Content-Security-Policy', "default-src 'none'; sandbox")
    response.setHeader('Cache-Control', 'private, max-age=86400')
    // the page it is shown on is another site
    response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin')
    response.attachment(file.name)
    if (inline) response.removeHeader('Content-Disposition')
    const content = files.read(file)
    content.on('error', () => response.destroy())
    content.pipe(response)
  })

  router.use(PATH, () => refuse('NotFound'))
  router.use(
    PATH,
    (error: unknown, _request: Request, response: Response, _next: express.NextFunction) => {
      const { status, body, retryAfterMs } = wireRefusal(error)
      if (status >= 500) onError(error)
      if (response.headersSent) return response.destroy()
      if (retryAfterMs) response.setHeader('Retry-After', Math.ceil(retryAfterMs / 1000))
      response.status(status).json(body)
    },
  )
  return router
}

/** Named by the site that holds the secret, or by us. */
function passOfSite(conversationId: string, wanted: string | undefined): Pass {
  if (wanted === undefined) return { conversationId, userId: `dl_${newId()}`, named: false }
  if (!/^dl_\S{1,61}$/.test(wanted)) refuse('BadUserId')
  return { conversationId, userId: wanted, named: true }
}

/**
 * A client that holds the secret itself says with each activity who speaks. Only ids that are made for it count:
 * `default-user` of every page in the world would be one and the same person.
 */
function passOfSecret(conversationId: string, userId: string | undefined): Pass {
  const named = userId !== undefined && /^dl_\S{1,61}$/.test(userId)
  return { conversationId, userId: named ? userId : `dl_${conversationId}`, named }
}

/** Up to and with /v3/directline, as the client reaches us. */
function baseOf(request: Request, publicUrl: string | undefined): string {
  const origin = publicUrl ?? `${request.protocol}://${request.headers.host ?? 'localhost'}`
  return `${origin}/channels/directline/${String(request.params.accountId)}/v3/directline`
}

function startOf(request: Request): z.infer<typeof startBody> {
  const read = startBody.safeParse(request.body ?? {})
  return read.success ? read.data : refuse('BadArgument')
}

function activityOf(body: unknown): IncomingActivity {
  const read = incomingActivity.safeParse(body)
  return read.success ? read.data : refuse('BadArgument')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return refuse('BadArgument')
  }
}

function limit(perMinute: number, skip?: (request: Request) => boolean): express.RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit: perMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    ...(skip && { skip }),
    handler: (_request, _response, next) => next(new Refusal('TooManyRequests', 60_000)),
  })
}
