/** Calls to Twilio's REST API (2010-04-01). */
import { fetchNamed } from '../../fetch-named.ts'
import type { FetchedMedia, FetchOutside } from '../../provider.ts'
import { callProvider, Unreachable } from '../../provider-http.ts'
import type { TwilioSettings } from './account.ts'

/** A page of a hundred messages. */
const MAX_ANSWER_BYTES = 1024 * 1024
/** MMS end at 5 MB. */
const MAX_MEDIA_BYTES = 10 * 1024 * 1024
const MEDIA_TIMEOUT_MS = 15_000

export interface TwilioAnswer {
  status: number
  sid?: string
  /** of a refusal */
  code?: number
  message?: string
  retryAfterSeconds?: number
}

type Credentials = Pick<TwilioSettings, 'accountSid' | 'authToken' | 'apiBase'>

/** @throws Unreachable */
export async function sendMessage(
  settings: Credentials,
  form: Record<string, string>,
): Promise<TwilioAnswer> {
  const body = new URLSearchParams(form).toString()
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  return answered(settings, '/Messages.json', { method: 'POST', body, headers })
}

/** The account itself: nothing is sent, and the token is proven. @throws Unreachable */
export function fetchAccount(settings: Credentials): Promise<TwilioAnswer> {
  return answered(settings, '.json', {})
}

export interface InboundMessage {
  sid: string
  from: string
  to: string
  body: string
  atMs: number
  /** how many */
  pictures: number
}

export interface InboundPage extends TwilioAnswer {
  /** of our sender; undefined where the list was refused */
  messages?: InboundMessage[]
  /** the page after */
  next?: string
}

/**
 * Messages that came in since that day, newest first; from `next` on when it is given.
 * @throws Unreachable
 */
export async function listInbound(
  settings: Credentials & Pick<TwilioSettings, 'sender'>,
  sinceMs: number,
  next?: string,
): Promise<InboundPage> {
  const { sender } = settings
  const query = new URLSearchParams({
    // a day, in UTC
    'DateSent>': new Date(sinceMs).toISOString().slice(0, 10),
    PageSize: '100',
    ...(/^[+\d]/.test(sender) && { To: sender }),
  })
  const found = await asked(settings, next ?? `${accountPath(settings)}/Messages.json?${query}`, {})
  const { messages, next_page_uri: uri } = found.fields
  if (found.status !== 200 || !Array.isArray(messages)) return answerOf(found)
  return {
    ...answerOf(found),
    messages: (messages as Record<string, unknown>[])
      .filter(({ direction }) => direction === 'inbound')
      .filter(({ messaging_service_sid: sid }) => !sender.startsWith('MG') || sid === sender)
      .map((message) => ({
        ...{ sid: String(message.sid), from: String(message.from), to: String(message.to) },
        ...{ body: String(message.body ?? ''), atMs: Date.parse(String(message.date_created)) },
        pictures: Number(message.num_media ?? 0),
      })),
    ...(typeof uri === 'string' && { next: uri }),
  }
}

/** Addresses of the pictures of a message. @throws Unreachable */
export async function listPictures(
  settings: Credentials,
  sid: string,
): Promise<{ url: string; type: string }[]> {
  const path = `${accountPath(settings)}/Messages/${encodeURIComponent(sid)}/Media.json`
  const { fields } = await asked(settings, path, {})
  const list = Array.isArray(fields.media_list)
    ? (fields.media_list as Record<string, unknown>[])
    : []
  const { origin } = new URL(settings.apiBase)
  return list.slice(0, 10).map(({ uri, content_type: type }) => ({
    ...{ url: origin + String(uri).replace(/\.json$/, ''), type: String(type) },
  }))
}

/**
 * A picture of an MMS. Twilio sends its readers on to a storage address, which must not see the token.
 * @throws Unreachable, or an Error for an address that is not Twilio's
 */
export async function fetchPicture(
  settings: Credentials,
  url: string,
  outside: FetchOutside,
): Promise<FetchedMedia> {
  const { origin } = new URL(settings.apiBase)
  if (!url.startsWith(`${origin}/`)) throw new Error('not an address of the API')
  const answer = await callProvider(url, { headers: authorised(settings) }, MAX_MEDIA_BYTES)
  const location = answer.headers.get('location')
  const isSentOn =
    answer.status >= 300 && answer.status < 400 && location && URL.canParse(location, url)
  const limits = { maxBytes: MAX_MEDIA_BYTES, timeoutMs: MEDIA_TIMEOUT_MS }
  const { status, body } = isSentOn
    ? await fetchNamed(new URL(location, url).href, settings.apiBase, outside, limits)
    : answer
  if (status !== 200) throw new Unreachable('unknown', `HTTP ${status}`)
  return { content: body }
}

async function answered(
  settings: Credentials,
  path: string,
  init: RequestInit,
): Promise<TwilioAnswer> {
  return answerOf(await asked(settings, accountPath(settings) + path, init))
}

interface Asked {
  status: number
  headers: Headers
  /** of the JSON; none where it was no JSON */
  fields: Record<string, unknown>
}

async function asked(settings: Credentials, path: string, init: RequestInit): Promise<Asked> {
  const url = `${new URL(settings.apiBase).origin}${path}`
  const headers = { ...(init.headers as Record<string, string>), ...authorised(settings) }
  const answer = await callProvider(url, { ...init, headers }, MAX_ANSWER_BYTES)
  let fields: Record<string, unknown> = {}
  try {
    fields = JSON.parse(answer.body.toString()) as Record<string, unknown>
  } catch {
    // a page of some proxy in between: its status says enough
  }
  return { status: answer.status, headers: answer.headers, fields }
}

function answerOf({ status, headers, fields: { sid, code, message } }: Asked): TwilioAnswer {
  const retryAfterSeconds = Number(headers.get('retry-after') ?? NaN)
  return {
    status,
    ...(retryAfterSeconds >= 0 && { retryAfterSeconds }),
    ...(typeof sid === 'string' && { sid }),
    ...(typeof code === 'number' && { code }),
    ...(typeof message === 'string' && { message }),
  }
}

function accountPath({ accountSid }: Credentials): string {
  return `/2010-04-01/Accounts/${accountSid}`
}

function authorised({ accountSid, authToken }: Credentials): Record<string, string> {
  const pair = Buffer.from(`${accountSid}:${authToken}`).toString('base64')
  return { authorization: `Basic ${pair}` }
}
