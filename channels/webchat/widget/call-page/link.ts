/** What the page asks of the server over HTTP: what its link is about, and to be called back. */
import type { CallbackAnswer, CallPageAbout } from '../../call-page-protocol.ts'
import { errorOf } from '../file-check.ts'
import type { Lang, LocalError } from '../wire.ts'

export class Refused extends Error {
  readonly told: LocalError
  constructor(told: LocalError) {
    super(told.en)
    this.told = told
  }
}

export const about = (token: string): Promise<CallPageAbout> =>
  ask<CallPageAbout>('/webchat/call/about', { token })

export const callMe = (token: string, number: string, lang: Lang): Promise<CallbackAnswer> =>
  ask<CallbackAnswer>('/webchat/call/callback', { token, number, lang })

/** @throws Refused with the server's words; TypeError without a network */
async function ask<T>(path: string, body: object): Promise<T> {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const answer: unknown = await response.json().catch(() => undefined)
  if (!response.ok) throw new Refused(errorOf(answer))
  return answer as T
}
