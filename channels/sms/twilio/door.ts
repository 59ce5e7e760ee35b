/** What Twilio calls: a message came in, or one of ours went on. Each call is signed over the public address. */
import express from 'express'
import type { DeliveryReport } from '../../channel.ts'
import type { IncomingSms, SmsEvents } from '../link.ts'
import { pictureOf } from './picture.ts'
import { isTwilios } from './sign.ts'

const MAX_BYTES = 64 * 1024
/** "No reply from here": what we say goes out over the REST API. */
const EMPTY_TWIML = '<?xml version="1.0" encoding="UTF-8"?><Response></Response>'

export function twilioDoor(authToken: string, events: SmsEvents): express.Router {
  const router = express.Router()
  const text = express.text({ type: () => true, limit: MAX_BYTES, defaultCharset: 'utf-8' })
  router.post(['/inbound', '/status'], text, async (request, response) => {
    const { callbackUrl } = events
    if (!callbackUrl) {
      // without it no signature can be told from a forged one
      events.fault('needsPerson', 'PUBLIC_URL_MISSING')
      response.sendStatus(503)
      return
    }
    const params = new URLSearchParams(typeof request.body === 'string' ? request.body : '')
    const given = request.get('x-twilio-signature') ?? ''
    if (!isTwilios(authToken, callbackUrl + request.url, params, given)) {
      events.fault('warning', 'BAD_SIGNATURE')
      response.sendStatus(403)
      return
    }
    try {
      if (request.path === '/inbound') await takeMessage(params, events)
      else await takeStatus(params, events)
      response.type('text/xml').send(EMPTY_TWIML)
    } catch (error) {
      events.onError(error)
      response.sendStatus(503)
    }
  })
  return router
}

async function takeMessage(params: URLSearchParams, events: SmsEvents): Promise<void> {
  const field = (name: string) => params.get(name) ?? ''
  const dedupeKey = field('MessageSid') || field('SmsSid')
  if (!dedupeKey || !field('From')) return
  const media = picturesOf(params)
  await events.received({
    ...{ from: field('From'), to: field('To'), text: field('Body'), dedupeKey },
    ...(media.length && { media }),
  })
}

/** At most ten in an MMS. */
function picturesOf(params: URLSearchParams): NonNullable<IncomingSms['media']> {
  const count = Math.min(Number(params.get('NumMedia') ?? 0) || 0, 10)
  return Array.from({ length: count }, (_, index) => {
    const type = params.get(`MediaContentType${index}`) ?? ''
    return pictureOf(params.get(`MediaUrl${index}`) ?? '', type, index)
  }).filter(({ ref }) => ref)
}

const states: Record<string, DeliveryReport['state']> = {
  sent: 'sent',
  delivered: 'delivered',
  read: 'read',
  undelivered: 'failed',
  failed: 'failed',
  canceled: 'failed',
}

/** Calls of one message come side by side, in any order; whoever takes them knows which state is later. */
async function takeStatus(params: URLSearchParams, events: SmsEvents): Promise<void> {
  const providerId = params.get('MessageSid') ?? ''
  const state = states[params.get('MessageStatus') ?? '']
  if (!providerId || !state) return
  const code = params.get('ErrorCode')?.slice(0, 16)
  await events.reported({ providerId, state, ...(state === 'failed' && code && { code }) })
}
