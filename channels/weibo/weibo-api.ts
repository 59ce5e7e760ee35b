/** Calls to Weibo: forms out, JSON in, read within bounds and with exact ids. */
import type { ProviderAnswer } from '../provider-http.ts'
import { callProvider, Unreachable } from '../provider-http.ts'
import type { WeiboSettings } from './account.ts'
import { parseExactJson } from './exact-json.ts'
import type { WeiboFailure } from './weibo-error.ts'

/** 50 comments with all that Weibo says of their authors and posts are below 1 MB. */
const MAX_ANSWER_BYTES = 4 * 1024 * 1024
const MAX_MEDIA_BYTES = 20 * 1024 * 1024
const MAX_WORDS_CHARS = 200

export type WeiboAnswer =
  { ok: true; body: Record<string, unknown> } | ({ ok: false } & WeiboFailure)

type Base = 'apiBase' | 'messageBase'

export class WeiboApi {
  private readonly settings: WeiboSettings

  constructor(settings: WeiboSettings) {
    this.settings = settings
  }

  get(path: string, query: Record<string, string> = {}): Promise<WeiboAnswer> {
    const search = new URLSearchParams({ access_token: this.settings.accessToken, ...query })
    return ask(`${this.settings.apiBase}${path}?${search.toString()}`, { method: 'GET' })
  }

  post(base: Base, path: string, form: Record<string, string>): Promise<WeiboAnswer> {
    const body = new URLSearchParams({ access_token: this.settings.accessToken, ...form })
    return ask(`${this.settings[base]}${path}`, { method: 'POST', body })
  }

  /** multipart/form-data, with a picture in `pic` */
  postPicture(
    path: string,
    form: Record<string, string>,
    picture: Blob,
    name: string,
  ): Promise<WeiboAnswer> {
    const body = new FormData()
    const fields = { access_token: this.settings.accessToken, ...form }
    for (const [key, value] of Object.entries(fields)) body.append(key, value)
    body.append('pic', picture, name)
    return ask(`${this.settings.apiBase}${path}`, { method: 'POST', body })
  }

  /** A picture or voice of a message. @throws Error where it cannot be had */
  async media(fid: string): Promise<Buffer> {
    const search = new URLSearchParams({ access_token: this.settings.accessToken, fid })
    const url = `${this.settings.uploadBase}/2/mss/msget?${search.toString()}`
    const answer = await callProvider(url, {}, MAX_MEDIA_BYTES)
    // an error comes as JSON, also with status 200
    const isError = answer.headers.get('content-type')?.includes('json')
    if (answer.status !== 200 || isError) throw new Error(`Weibo media: ${answer.status}`)
    return answer.body
  }
}

async function ask(url: string, init: RequestInit): Promise<WeiboAnswer> {
  try {
    return read(await callProvider(url, init, MAX_ANSWER_BYTES))
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error
    return { ok: false, kind: 'silent', sent: error.sent === 'unknown', words: error.detail }
  }
}

function read({ status, body: bytes }: ProviderAnswer): WeiboAnswer {
  const refused = (code: string, words: string): WeiboAnswer => ({
    ...{ ok: false, kind: 'refused', code, words },
  })
  let body: unknown
  try {
    body = parseExactJson(bytes.toString('utf8'))
  } catch {
    return refused(`HTTP${status}`, 'no JSON')
  }
  if (typeof body !== 'object' || body === null) return refused(`HTTP${status}`, 'no object')
  const { error_code: code, error } = body as { error_code?: string | number; error?: unknown }
  const words = typeof error === 'string' ? error.slice(0, MAX_WORDS_CHARS) : ''
  if (code !== undefined) return refused(String(code), words)
  if (status !== 200) return refused(`HTTP${status}`, words)
  return { ok: true, body: body as Record<string, unknown> }
}
