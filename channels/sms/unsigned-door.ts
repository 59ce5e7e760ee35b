/**
 * The way in for providers that sign nothing: whoever knows the secret part of the address is believed, where
 * given only from certain addresses. An answer is given when everything is stored; otherwise the provider is
 * told to come again.
 */
import { createHash } from 'node:crypto'
import express from 'express'
import { signatureIs } from '../callback-crypto.ts'
import type { SmsEvents } from './link.ts'

/** Batches of a hundred rows have some 30 kB. */
const MAX_BYTES = 512 * 1024
const MAX_ROWS = 1000

export type CallbackRow = Record<string, unknown>

export interface UnsignedDoorOptions {
  /** the secret part of the address */
  token: string
  /** addresses separated by spaces or commas; '' for any */
  allowedIps: string
  /** by the last part of the path; rejects where something could not be stored */
  take: Record<string, (rows: CallbackRow[]) => Promise<void>>
  /** what the provider wants to read */
  taken: object
  events: Pick<SmsEvents, 'fault' | 'onError'>
}

export function unsignedDoor(options: UnsignedDoorOptions): express.Router {
  const { token, take, taken, events } = options
  const allowed = options.allowedIps.split(/[\s,;，；、]+/).filter(Boolean)
  const router = express.Router()
  router.post(
    '/:token/:what',
    (request, response, next) => {
      const { token: given, what } = request.params
      if (!signatureIs(token, given) || !Object.hasOwn(take, what)) {
        response.sendStatus(404)
        return
      }
      if (allowed.length && !allowed.includes(plainIp(request.ip))) {
        events.fault('warning', 'CALLBACK_IP', plainIp(request.ip))
        response.sendStatus(403)
        return
      }
      next()
    },
    express.text({ type: () => true, limit: MAX_BYTES, defaultCharset: 'utf-8' }),
    async (request, response) => {
      const rows = rowsOf(request.body)
      if (!rows) {
        events.fault('warning', 'CALLBACK_UNREADABLE')
        response.sendStatus(400)
        return
      }
      try {
        await take[request.params.what as string]!(rows)
        response.json(taken)
      } catch (error) {
        events.onError(error)
        response.sendStatus(503)
      }
    },
  )
  return router
}

/** A list of rows, or one row by itself. */
function rowsOf(body: unknown): CallbackRow[] | undefined {
  try {
    const parsed: unknown = JSON.parse(typeof body === 'string' ? body : '')
    const rows: unknown[] = Array.isArray(parsed) ? parsed : [parsed]
    const good = rows.length <= MAX_ROWS && rows.every((row) => isRow(row))
    return good ? (rows as CallbackRow[]) : undefined
  } catch {
    return undefined
  }
}

function isRow(row: unknown): row is CallbackRow {
  return typeof row === 'object' && row !== null && !Array.isArray(row)
}

/** Sockets that speak both show IPv4 as ::ffff:192.0.2.1. */
function plainIp(ip = ''): string {
  return ip.replace(/^::ffff:/, '')
}

/** A field as text; numbers too, as providers change between the two. */
export function fieldText(row: CallbackRow, name: string): string {
  const value = row[name]
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
}

/** What tells a row from others where its provider gives no id, or one larger than JavaScript reads exactly. */
export function fingerprintOf(row: CallbackRow, fields: readonly string[]): string {
  const text = JSON.stringify(fields.map((name) => fieldText(row, name)))
  return createHash('sha256').update(text).digest('base64url').slice(0, 32)
}
