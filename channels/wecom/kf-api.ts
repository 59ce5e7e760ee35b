/** Calls to WeCom, with the account's token; a token they no longer take is renewed once. */
import type { AccessToken } from '../access-token.ts'
import type { ProviderAnswer } from '../provider-http.ts'
import { dispositionName } from '../disposition-name.ts'
import { callProvider, Unreachable } from '../provider-http.ts'
import { KfError, verdictOf } from './kf-error.ts'

/** A page of 200 messages of 2 kB each is far below. */
const MAX_ANSWER_BYTES = 8 * 1024 * 1024
const MAX_TOKEN_BYTES = 64 * 1024
/** Videos end at 10 MB, files at 20 MB; more than 10 MB we do not keep. */
const MAX_MEDIA_BYTES = 10 * 1024 * 1024
const MEDIA_TIMEOUT_MS = 60_000

interface Answer {
  errcode?: number
  errmsg?: string
}

export class KfApi {
  private readonly base: string
  private readonly token: AccessToken

  constructor(base: string, token: AccessToken) {
    this.base = base.replace(/\/+$/, '')
    this.token = token
  }

  /** @throws KfError, Unreachable */
  call<T>(path: string, body: object): Promise<T> {
    const text = JSON.stringify(body)
    return this.authorised(async (token) => {
      const url = `${this.base}/cgi-bin/${path}?access_token=${encodeURIComponent(token)}`
      const headers = { 'content-type': 'application/json' }
      const init = { method: 'POST', body: text, headers }
      return answerOf<T>(await callProvider(url, init, MAX_ANSWER_BYTES))
    })
  }

  /** @returns the media id, good for three days. @throws KfError, Unreachable */
  upload(
    type: 'image' | 'voice' | 'video' | 'file',
    name: string,
    content: Buffer,
  ): Promise<string> {
    return this.authorised(async (token) => {
      const form = new FormData()
      form.append('media', new Blob([new Uint8Array(content)]), name)
      const query = `access_token=${encodeURIComponent(token)}&type=${type}`
      const url = `${this.base}/cgi-bin/media/upload?${query}`
      const init = { method: 'POST', body: form }
      const answer = await callProvider(url, init, MAX_ANSWER_BYTES, MEDIA_TIMEOUT_MS)
      return answerOf<{ media_id: string }>(answer).media_id
    })
  }

  /** @throws KfError, Unreachable */
  download(mediaId: string): Promise<{ content: Buffer; name?: string }> {
    return this.authorised(async (token) => {
      const query = `access_token=${encodeURIComponent(token)}&media_id=${encodeURIComponent(mediaId)}`
      const url = `${this.base}/cgi-bin/media/get?${query}`
      const answer = await callProvider(url, {}, MAX_MEDIA_BYTES, MEDIA_TIMEOUT_MS)
      // a refusal is JSON with status 200; a JSON file somebody sent carries a disposition
      const disposition = answer.headers.get('content-disposition')
      const type = answer.headers.get('content-type') ?? ''
      if (!disposition && /json|text\/plain/.test(type)) answerOf(answer)
      if (answer.status !== 200) throw new Unreachable('unknown', `HTTP ${answer.status}`)
      const name = dispositionName(disposition ?? '')
      return { content: answer.body, ...(name && { name }) }
    })
  }

  private async authorised<T>(work: (token: string) => Promise<T>): Promise<T> {
    const token = await this.token.get()
    try {
      return await work(token)
    } catch (error) {
      if (!(error instanceof KfError) || !verdictOf(error.errcode).token) throw error
      return work(await this.token.renewed(token))
    }
  }
}

/** GET gettoken: no token needed for it. @throws KfError, Unreachable */
export async function fetchKfToken(
  base: string,
  corpId: string,
  secret: string,
): Promise<{ token: string; expiresInMs: number }> {
  const query = new URLSearchParams({ corpid: corpId, corpsecret: secret })
  const url = `${base.replace(/\/+$/, '')}/cgi-bin/gettoken?${query.toString()}`
  const answer = answerOf<{ access_token: string; expires_in: number }>(
    await callProvider(url, {}, MAX_TOKEN_BYTES),
  )
  return { token: answer.access_token, expiresInMs: answer.expires_in * 1000 }
}

function answerOf<T>({ status, body }: ProviderAnswer): T {
  let answer: Answer
  try {
    answer = JSON.parse(body.toString('utf8')) as Answer
  } catch {
    throw new Unreachable('unknown', `HTTP ${status}`)
  }
  if (typeof answer !== 'object' || answer === null)
    throw new Unreachable('unknown', `HTTP ${status}`)
  if (answer.errcode) throw new KfError(answer.errcode, String(answer.errmsg ?? ''))
  return answer as T
}
