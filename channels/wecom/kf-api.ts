/** Calls to WeCom, with the account's token; a token they no longer take is renewed once. */
import type { AccessToken } from '../access-token.ts'
import { KfError, KfUnreachable, verdictOf } from './kf-error.ts'

const TIMEOUT_MS = 10_000
/** A page of 200 messages of 2 kB each is far below. */
const MAX_ANSWER_BYTES = 8 * 1024 * 1024
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

  /** @throws KfError, KfUnreachable */
  call<T>(path: string, body: object): Promise<T> {
    const text = JSON.stringify(body)
    return this.authorised(async (token) => {
      const response = await this.request(
        `/cgi-bin/${path}?access_token=${encodeURIComponent(token)}`,
        { method: 'POST', body: text, headers: { 'content-type': 'application/json' } },
      )
      return answerOf<T>(await bytesOf(response, MAX_ANSWER_BYTES), response.status)
    })
  }

  /** @returns the media id, good for three days. @throws KfError, KfUnreachable */
  upload(
    type: 'image' | 'voice' | 'video' | 'file',
    name: string,
    content: Buffer,
  ): Promise<string> {
    return this.authorised(async (token) => {
      const form = new FormData()
      form.append('media', new Blob([new Uint8Array(content)]), name)
      const query = `access_token=${encodeURIComponent(token)}&type=${type}`
      const response = await this.request(
        `/cgi-bin/media/upload?${query}`,
        { method: 'POST', body: form },
        MEDIA_TIMEOUT_MS,
      )
      const bytes = await bytesOf(response, MAX_ANSWER_BYTES)
      return answerOf<{ media_id: string }>(bytes, response.status).media_id
    })
  }

  /** @throws KfError, KfUnreachable */
  download(mediaId: string): Promise<{ content: Buffer; name?: string }> {
    return this.authorised(async (token) => {
      const query = `access_token=${encodeURIComponent(token)}&media_id=${encodeURIComponent(mediaId)}`
      const response = await this.request(`/cgi-bin/media/get?${query}`, {}, MEDIA_TIMEOUT_MS)
      const content = await bytesOf(response, MAX_MEDIA_BYTES)
      // a refusal is JSON with status 200; a JSON file somebody sent carries a disposition
      const disposition = response.headers.get('content-disposition')
      const type = response.headers.get('content-type') ?? ''
      if (!disposition && /json|text\/plain/.test(type)) answerOf(content, response.status)
      if (!response.ok) throw new KfUnreachable('unknown', `HTTP ${response.status}`)
      const name = fileName(disposition ?? '')
      return { content, ...(name && { name }) }
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

  private async request(
    path: string,
    init: RequestInit,
    timeoutMs = TIMEOUT_MS,
  ): Promise<Response> {
    return reach(`${this.base}${path}`, { ...init, signal: AbortSignal.timeout(timeoutMs) })
  }
}

/** GET gettoken: no token needed for it. @throws KfError, KfUnreachable */
export async function fetchKfToken(
  base: string,
  corpId: string,
  secret: string,
): Promise<{ token: string; expiresInMs: number }> {
  const query = new URLSearchParams({ corpid: corpId, corpsecret: secret })
  const response = await reach(`${base.replace(/\/+$/, '')}/cgi-bin/gettoken?${query.toString()}`, {
    signal: AbortSignal.timeout(TIMEOUT_MS),
  })
  const bytes = await bytesOf(response, 64 * 1024)
  const answer = answerOf<{ access_token: string; expires_in: number }>(bytes, response.status)
  return { token: answer.access_token, expiresInMs: answer.expires_in * 1000 }
}

/** Codes of a connection that never came about: nothing of the request was sent. */
const NEVER_SENT =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|CERT_|DEPTH_ZERO|ERR_TLS)/

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { ...init, redirect: 'error' })
  } catch (error) {
    throw unreachable(error)
  }
}

function unreachable(error: unknown): KfUnreachable {
  const { name, cause } = error as Error & { cause?: { code?: string } }
  // the address itself holds the token: neither it nor the message is passed on
  const detail = cause?.code ?? name
  return new KfUnreachable(NEVER_SENT.test(detail) ? 'no' : 'unknown', detail)
}

async function bytesOf(response: Response, most: number): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  try {
    for await (const chunk of response.body ?? []) {
      chunks.push(chunk as Uint8Array)
      bytes += (chunk as Uint8Array).length
      if (bytes > most) throw new RangeError('too large')
    }
  } catch (error) {
    if (error instanceof RangeError) throw new KfUnreachable('unknown', 'TOO_LARGE')
    throw unreachable(error)
  }
  return Buffer.concat(chunks)
}

function answerOf<T>(bytes: Buffer, status: number): T {
  let answer: Answer
  try {
    answer = JSON.parse(bytes.toString('utf8')) as Answer
  } catch {
    throw new KfUnreachable('unknown', `HTTP ${status}`)
  }
  if (typeof answer !== 'object' || answer === null)
    throw new KfUnreachable('unknown', `HTTP ${status}`)
  if (answer.errcode) throw new KfError(answer.errcode, String(answer.errmsg ?? ''))
  return answer as T
}

/** `attachment; filename="a.pdf"`, or RFC 5987 `filename*=UTF-8''…`. */
function fileName(disposition: string): string | undefined {
  const extended = /filename\*=(?:UTF-8|utf-8)''([^;]+)/.exec(disposition)?.[1]
  try {
    if (extended) return decodeURIComponent(extended)
  } catch {
    // not encoded as it says
  }
  const plain = /filename="?([^";]+)"?/.exec(disposition)?.[1]
  // header bytes are read as Latin-1; WeCom writes UTF-8
  return plain && Buffer.from(plain, 'latin1').toString('utf8')
}
