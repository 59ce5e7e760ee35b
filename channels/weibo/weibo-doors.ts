/** Weibo's way in: the fan service's callbacks, and the public pages of announcements. */
import { createHash } from 'node:crypto'
import type { Request, Response } from 'express'
import express from 'express'
import { callbackSignature, signatureIs } from '../callback-crypto.ts'
import type { WeiboAccount } from './account.ts'
import { announcementPage, announcementStyle, pageLanguage } from './announcement-page.ts'
import type { Announcements } from './announcements.ts'
import type { WeiboPush } from './push.ts'
import { MAX_PUSH_BYTES, readPush } from './push.ts'

/**
 * The signature covers no body, so an address that leaked could be used for ever: ours and Weibo's clock may
 * differ by this much at most.
 */
const MAX_SKEW_MS = 10 * 60_000

const pagePolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(announcementStyle).digest('base64')}'`,
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

export interface WeiboDoorsOptions {
  account: (id: string) => WeiboAccount | undefined
  announcements: Announcements
  files: { address(blobId: string): string }
  /** resolves when it is stored */
  take: (account: WeiboAccount, push: WeiboPush) => Promise<void>
  /** something that came was not as it should be */
  odd: (accountId: string, code: string) => void
  now: () => number
  onError: (error: unknown) => void
}

export function weiboDoors(options: WeiboDoorsOptions): express.Router {
  const { account, announcements, files, take, odd, now, onError } = options
  const router = express.Router()

  /** The account, when the request is Weibo's; otherwise it is answered here. */
  function verified(request: Request, response: Response): WeiboAccount | undefined {
    const found = account(String(request.params.accountId))
    if (!found) {
      response.sendStatus(404)
      return undefined
    }
    const { signature, timestamp, nonce } = request.query
    if (
      typeof signature !== 'string' ||
      typeof timestamp !== 'string' ||
      typeof nonce !== 'string'
    ) {
      response.sendStatus(400)
      return undefined
    }
    const expected = callbackSignature(found.settings.appSecret, timestamp, nonce)
    if (!signatureIs(expected, signature.toLowerCase())) {
      odd(found.id, 'BAD_SIGNATURE')
      response.sendStatus(403)
      return undefined
    }
    if (!(Math.abs(now() - epochMs(timestamp)) <= MAX_SKEW_MS)) {
      odd(found.id, 'CLOCK_SKEW')
      response.sendStatus(403)
      return undefined
    }
    return found
  }

  router.get('/weibo/:accountId', (request, response) => {
    if (!verified(request, response)) return
    const { echostr } = request.query
    response.type('text/plain').send(typeof echostr === 'string' ? echostr.slice(0, 500) : '')
  })

  router.post(
    '/weibo/:accountId',
    express.text({ type: () => true, limit: MAX_PUSH_BYTES, defaultCharset: 'utf-8' }),
    async (request, response) => {
      const found = verified(request, response)
      if (!found) return
      const push = readPush(typeof request.body === 'string' ? request.body : '')
      if (!push || push.receiverId !== found.settings.uid) {
        // a repeat would be no better: it is said to the operator, and Weibo is told that all is well
        odd(found.id, push ? 'OTHER_RECEIVER' : 'UNREADABLE_PUSH')
        response.type('text/plain').send('')
        return
      }
      try {
        await take(found, push)
      } catch (error) {
        // not stored: Weibo comes again, three times in all
        onError(error)
        response.sendStatus(503)
        return
      }
      // an empty answer ends the repeats; what we say goes out through messages/reply
      response.type('text/plain').send('')
    },
  )

  router.get('/weibo/:accountId/announcements/:id', async (request, response) => {
    const accountId = String(request.params.accountId)
    const found = await announcements.find(accountId, String(request.params.id))
    const publisher = account(accountId)?.name
    if (!found || publisher === undefined) {
      response.sendStatus(404)
      return
    }
    const lang = pageLanguage(request.query.lang, request.headers['accept-language'])
    response.setHeader('Content-Security-Policy', pagePolicy)
    response.setHeader('Cache-Control', 'public, max-age=300')
    response.vary('Accept-Language')
    response.type('html').send(
      announcementPage(found, {
        lang,
        publisher,
        ...(found.pictureId && { pictureUrl: files.address(found.pictureId) }),
      }),
    )
  })

  return router
}

/** Seconds, or milliseconds: old and new pages of the wiki differ. */
function epochMs(timestamp: string): number {
  const value = Number(timestamp)
  return value < 1e11 ? value * 1000 : value
}
