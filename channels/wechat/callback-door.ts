/** WeChat's way in: the check of the address, and what it tells. Nothing is read before its signature holds. */
import type { Request } from 'express'
import express from 'express'
import type { CallbackCrypto, OpenedCallback } from '../callback-crypto.ts'
import type { XmlFields } from '../callback-xml.ts'
import { MAX_CALLBACK_BYTES, readCallbackXml, xmlText } from '../callback-xml.ts'
import type { AccountHealth, ChannelAccount } from '../provider.ts'
import type { WechatSettings } from './account.ts'
import { Nonces } from './nonces.ts'

/** A repeat comes within seconds. Older than this it is no repeat, whatever became of the row it was stored in. */
const MAX_AGE_MS = 24 * 3_600_000

export interface DoorAccount {
  account: ChannelAccount<WechatSettings>
  crypto: CallbackCrypto
}

export interface CallbackDoorOptions {
  account: (id: string) => DoorAccount | undefined
  /** resolves when it is stored */
  take: (account: ChannelAccount<WechatSettings>, fields: XmlFields) => Promise<void>
  health: AccountHealth
  now: () => number
  onError: (error: unknown, about?: object) => void
}

type Verified =
  { xml: string } | { refused: 'signature' | 'tooOld' | 'plain' | 'cipher' | 'receiver' }

export function callbackDoor(options: CallbackDoorOptions): express.Router {
  const { account, take, health, now, onError } = options
  const nonces = new Nonces(now)
  const router = express.Router()

  function verified({ account: { settings }, crypto }: DoorAccount, request: Request): Verified {
    const body: Buffer = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
    const { msgSignature, signature, timestamp, nonce } = signed(request)
    if (msgSignature) {
      // inside is cipher text only, so that little can be wrong with it before it is proven
      const encrypted = xmlText(readCallbackXml(body.toString('utf8')), 'Encrypt')
      const opened: OpenedCallback = crypto.open(encrypted, { msgSignature, timestamp, nonce })
      if ('refused' in opened) return opened
      const aged = Math.abs(now() - Number(timestamp) * 1000) > MAX_AGE_MS
      return aged ? { refused: 'tooOld' } : { xml: opened.text }
    }
    if (!settings.plainCallbacks) return { refused: 'plain' }
    if (!crypto.plainHolds(signature, timestamp, nonce)) return { refused: 'signature' }
    if (!nonces.accepts(timestamp, nonce, body)) return { refused: 'tooOld' }
    return { xml: body.toString('utf8') }
  }

  /** Only who knows the token can bring these about: something is set up wrongly. */
  function tell({ id }: ChannelAccount, refused: string): void {
    if (refused === 'cipher') health.fault(id, 'needsPerson', 'WRONG_ENCODING_AES_KEY')
    if (refused === 'receiver') health.fault(id, 'needsPerson', 'WRONG_APP_ID')
    if (refused === 'tooOld') health.fault(id, 'warning', 'CLOCK_WRONG')
  }

  router.get('/wechat/:accountId', (request, response) => {
    const found = account(request.params.accountId)
    if (!found) return void response.sendStatus(404)
    const { signature, timestamp, nonce } = signed(request)
    if (!found.crypto.plainHolds(signature, timestamp, nonce)) return void response.sendStatus(403)
    const { echostr } = request.query
    response.type('text/plain').send(typeof echostr === 'string' ? echostr.slice(0, 200) : '')
  })

  router.post(
    '/wechat/:accountId',
    express.raw({ type: () => true, limit: MAX_CALLBACK_BYTES }),
    async (request, response) => {
      const found = account(String(request.params.accountId))
      if (!found) return void response.sendStatus(404)
      const result = verified(found, request)
      if ('refused' in result) {
        tell(found.account, result.refused)
        return void response.sendStatus(403)
      }
      const fields = readCallbackXml(result.xml)
      if (!fields) {
        // proven to be theirs, and not to be read: trying again would change nothing
        onError(new Error('callback is not XML'), { accountId: found.account.id })
        return void response.type('text/plain').send('success')
      }
      try {
        await take(found.account, fields)
        health.ok(found.account.id)
        response.type('text/plain').send('success')
      } catch (error) {
        onError(error, { accountId: found.account.id })
        // not stored: they try again after this, twice
        response.sendStatus(503)
      }
    },
  )
  return router
}

function signed(request: Request) {
  const text = (name: string) => {
    const value = request.query[name]
    return typeof value === 'string' ? value : ''
  }
  return {
    msgSignature: text('msg_signature'),
    signature: text('signature'),
    timestamp: text('timestamp'),
    nonce: text('nonce'),
  }
}
