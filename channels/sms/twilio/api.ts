/** Calls to Twilio's REST API (2010-04-01). */
import type { FetchedMedia } from '../../provider.ts'
import { callProvider, Unreachable } from '../../provider-http.ts'
import type { TwilioSettings } from './account.ts'

const MAX_ANSWER_BYTES = 256 * 1024
/** MMS end at 5 MB. */
const MAX_MEDIA_BYTES = 10 * 1024 * 1024

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

/**
 * A picture of an MMS. Twilio sends its readers on to a storage address, which must not see the token.
 * @throws Unreachable, or an Error for an address that is not Twilio's
 */
export async function fetchPicture(settings: Credentials, url: string): Promise<FetchedMedia> {
  const { origin } = new URL(settings.apiBase)
  if (!url.startsWith(`${origin}/`)) throw new Error('not an address of the API')
  let answer = await callProvider(url, { headers: authorised(settings) }, MAX_MEDIA_BYTES)
  const location = answer.headers.get('location')
  if (answer.status >= 300 && answer.status < 400 && location)
    answer = await callProvider(new URL(location, url), {}, MAX_MEDIA_BYTES)
  if (answer.status !== 200) throw new Unreachable('unknown', `HTTP ${answer.status}`)
  return { content: answer.body }
}

async function answered(
  settings: Credentials,
  path: string,
  init: RequestInit,
): Promise<TwilioAnswer> {
  const url = `${new URL(settings.apiBase).origin}/2010-04-01/Accounts/${settings.accountSid}${path}`
  const headers = { ...(init.headers as Record<string, string>), ...authorised(settings) }
  const {
    status,
    headers: given,
    body,
  } = await callProvider(url, { ...init, headers }, MAX_ANSWER_BYTES)
  const retryAfterSeconds = Number(given.get('retry-after') ?? NaN)
  const answer = { status, ...(retryAfterSeconds >= 0 && { retryAfterSeconds }) }
  try {
    const { sid, code, message } = JSON.parse(body.toString()) as Record<string, unknown>
    return {
      ...answer,
      ...(typeof sid === 'string' && { sid }),
      ...(typeof code === 'number' && { code }),
      ...(typeof message === 'string' && { message }),
    }
  } catch {
    return answer
  }
}

function authorised({ accountSid, authToken }: Credentials): Record<string, string> {
  const pair = Buffer.from(`${accountSid}:${authToken}`).toString('base64')
  return { authorization: `Basic ${pair}` }
}
