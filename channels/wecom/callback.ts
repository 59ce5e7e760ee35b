/** What WeCom calls: the check of the address, and the word that something came. */
import express from 'express'
import type { Router } from 'express'
import type { CallbackCrypto, CallbackSignature } from '../callback-crypto.ts'
import { MAX_CALLBACK_BYTES, readCallbackXml, xmlText } from '../callback-xml.ts'

export interface CallbackOptions {
  /** undefined: no such account, or switched off */
  crypto: (accountId: string) => CallbackCrypto | undefined
  /** Something came for a service account of the same corp. Resolves when that is on disk. */
  notified: (accountId: string, openKfId: string, token: string) => Promise<void>
  onRefused: (accountId: string, why: string) => void
  onError: (error: unknown, about?: object) => void
}

export function callbackDoor(options: CallbackOptions): Router {
  const { crypto, notified, onRefused, onError } = options
  const door = express.Router()
  door
    .route('/wecom/:accountId')
    .get((request, response) => {
      const { accountId } = request.params
      const opened = crypto(accountId)?.open(
        text(request.query.echostr),
        signatureOf(request.query),
      )
      if (!opened) return void response.sendStatus(404)
      if ('refused' in opened) {
        onRefused(accountId, opened.refused)
        return void response.sendStatus(403)
      }
      response.type('text/plain').send(opened.text)
    })
    .post(
      express.text({ type: () => true, limit: MAX_CALLBACK_BYTES }),
      async (request, response) => {
        const { accountId } = request.params
        const body = readCallbackXml(typeof request.body === 'string' ? request.body : '')
        const opened = crypto(accountId)?.open(xmlText(body, 'Encrypt'), signatureOf(request.query))
        if (!opened) return void response.sendStatus(404)
        if ('refused' in opened) {
          onRefused(accountId, opened.refused)
          return void response.sendStatus(403)
        }
        const fields = readCallbackXml(opened.text)
        try {
          if (xmlText(fields, 'Event') === 'kf_msg_or_event')
            await notified(accountId, xmlText(fields, 'OpenKfId'), xmlText(fields, 'Token'))
        } catch (error) {
          // not kept: WeCom tries again, and the timer pulls in any case
          onError(error, { accountId })
          return void response.sendStatus(503)
        }
        response.type('text/plain').send('success')
      },
    )
  return door
}

function signatureOf(query: Record<string, unknown>): CallbackSignature {
  return {
    msgSignature: text(query.msg_signature),
    timestamp: text(query.timestamp),
    nonce: text(query.nonce),
  }
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
