/** HTTP of the page behind a call link: the page, what it is about, and the number to be called on instead. */
import path from 'node:path'
import type { RequestHandler, Response } from 'express'
import express from 'express'
import rateLimit from 'express-rate-limit'
import { fail, YiluError } from '../../gateway/errors.ts'
import { AccountModel } from '../../gateway/intake/model.ts'
import type { Account } from '../../gateway/intake/model.ts'
import type { CallLinks } from './call-links.ts'
import type { CallbackAnswer, CallPageAbout } from './call-page-protocol.ts'
import { aboutRequest, callbackRequest } from './call-page-protocol.ts'

/** Of one address, behind which many people may be. */
const LOOKS_PER_MINUTE = 120
const CALLBACKS_PER_MINUTE = 10

/** It talks to this server alone, and nobody puts it into a frame. */
const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "media-src 'self' blob:",
  "connect-src 'self' ws: wss:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

export interface CallDoorOptions {
  links: CallLinks
  agentName: (agentId: string) => string | undefined
  askCallback: (
    conversationId: string,
    legId: string,
    number: string,
    lang: string,
  ) => Promise<string>
  /** folder with what build-widget made */
  assets: string
}

export function callDoor({
  links,
  agentName,
  askCallback,
  assets,
}: CallDoorOptions): express.Router {
  const router = express.Router()

  router.get('/webchat/call', limit(LOOKS_PER_MINUTE), async (request, response) => {
    // the page says it in words; the status is for whoever only looks at that
    const status = await links.open(String(request.query.t ?? '')).then(
      () => 200,
      (error: unknown) => {
        if (error instanceof YiluError) return error.status
        throw error
      },
    )
    page(response.status(status))
  })

  router.post('/webchat/call/about', limit(LOOKS_PER_MINUTE), async (request, response) => {
    const body = aboutRequest.safeParse(request.body)
    const { conversation, leg, untilMs } = await links.open(
      body.success ? body.data.token : fail('CALL_LINK_BAD'),
    )
    const { lang, state, agentId } = conversation
    const name = agentId && agentName(agentId)
    const answer: CallPageAbout = {
      ...{ lang, state, untilMs, house: await houseOf(leg.accountId) },
      ...(name && { agentName: name }),
    }
    response.json(answer)
  })

  router.post('/webchat/call/callback', limit(CALLBACKS_PER_MINUTE), async (request, response) => {
    const body = callbackRequest.safeParse(request.body)
    if (!body.success) fail('NOT_CALLABLE')
    const { conversation, leg } = await links.open(body.data.token)
    const number = await askCallback(conversation._id, leg.id, body.data.number, body.data.lang)
    response.json({ number } satisfies CallbackAnswer)
  })

  function page(response: Response): void {
    response.setHeader('Content-Security-Policy', pagePolicy)
    // the address is the key to the call: nobody keeps it or passes it on
    response.setHeader('Cache-Control', 'no-store')
    response.setHeader('Referrer-Policy', 'no-referrer')
    response.setHeader('Permissions-Policy', 'microphone=(self)')
    response.sendFile(path.join(assets, 'call.html'), { cacheControl: false })
  }
  return router
}

function limit(perMinute: number): RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit: perMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler: (_request, _response, next) => next(new YiluError('RATE_LIMITED')),
  })
}

/** Whom tourists know us as: the title of our own chat, else what the account is called. */
async function houseOf(accountId: string): Promise<CallPageAbout['house']> {
  const accounts = await AccountModel.find({
    $or: [{ _id: accountId }, { channel: 'webchat', enabled: true }],
  }).lean<Account[]>()
  const own = accounts.find(({ _id }) => _id === accountId)
  const titled = [own, ...accounts].find((account) => account?.title?.['zh-CN'])
  const name = own?.name ?? ''
  return { 'zh-CN': titled?.title['zh-CN'] ?? name, en: titled?.title.en ?? name }
}
