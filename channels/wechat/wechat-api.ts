/** Calls to WeChat for one account, with its token; a token they no longer take is renewed once. */
import { AccessToken } from '../access-token.ts'
import { fetchNamed } from '../fetch-named.ts'
import type { AccountState, ChannelAccount, FetchOutside } from '../provider.ts'
import { callProvider, Unreachable } from '../provider-http.ts'
import type { WechatSettings } from './account.ts'
import { refusesToken, WechatError } from './wechat-error.ts'

const MAX_ANSWER_BYTES = 1024 * 1024
/** Videos end at 10 MB; more we do not keep. */
const MAX_MEDIA_BYTES = 10 * 1024 * 1024
const MEDIA_TIMEOUT_MS = 60_000

type Query = Record<string, string>

export class WechatApi {
  private readonly settings: WechatSettings
  private readonly token: AccessToken
  private readonly outside: FetchOutside
  /** the last one that was refused */
  private refused = ''

  constructor(options: {
    account: ChannelAccount<WechatSettings>
    state: AccountState
    fetchOutside: FetchOutside
    now: () => number
  }) {
    const { account, state, now } = options
    const { appId, appSecret, apiBase } = account.settings
    this.settings = account.settings
    this.outside = options.fetchOutside
    this.token = new AccessToken({
      accountId: account.id,
      credentials: [appId, appSecret, apiBase],
      fetch: (refused) => this.fetchToken(refused),
      ...{ state, now },
    })
  }

  /** GET without a body, else POST. @throws WechatError, Unreachable */
  call<T>(path: string, body?: object, query: Query = {}): Promise<T> {
    return this.authorised(async (token) => {
      const init = body
        ? {
            method: 'POST',
            body: JSON.stringify(body),
            headers: { 'content-type': 'application/json' },
          }
        : {}
      return this.ask<T>(path, { ...query, access_token: token }, init)
    })
  }

  /** GET /sns/…, which takes the tokens of people instead of the account's. @throws WechatError, Unreachable */
  sns<T>(path: string, query: Query): Promise<T> {
    return this.ask<T>(path, query, {})
  }

  /** POST media/upload: good for three days. @throws WechatError, Unreachable */
  upload(type: 'image' | 'voice' | 'video', name: string, content: Buffer): Promise<string> {
    return this.authorised(async (token) => {
      const form = new FormData()
      form.append('media', new Blob([new Uint8Array(content)]), name)
      const query = { access_token: token, type }
      const init = { method: 'POST', body: form }
      const answer = await this.ask<{ media_id: string }>(
        ...(['/cgi-bin/media/upload', query, init, MEDIA_TIMEOUT_MS] as const),
      )
      return answer.media_id
    })
  }

  /** GET media/get; of a video, from where it says that it lies. @throws WechatError, Unreachable */
  download(mediaId: string): Promise<Buffer> {
    return this.authorised(async (token) => {
      const url = this.address('/cgi-bin/media/get', { access_token: token, media_id: mediaId })
      const { headers, body } = await callProvider(url, {}, MAX_MEDIA_BYTES, MEDIA_TIMEOUT_MS)
      // a refusal, or the address of a video, is JSON with status 200; a file comes with a disposition
      const isJson = /json|text\/plain/.test(headers.get('content-type') ?? '')
      if (!isJson || headers.has('content-disposition')) return body
      const { video_url: address } = answerOf<{ video_url?: string }>(body)
      if (!address || !this.isTheirs(address)) throw new Unreachable('unknown', 'BAD_ANSWER')
      const limits = { maxBytes: MAX_MEDIA_BYTES, timeoutMs: MEDIA_TIMEOUT_MS }
      return (await fetchNamed(address, this.settings.apiBase, this.outside, limits)).body
    })
  }

  private async authorised<T>(work: (token: string) => Promise<T>): Promise<T> {
    const token = await this.token.get()
    try {
      return await work(token)
    } catch (error) {
      if (!refusesToken(error)) throw error
      this.refused = token
      return work(await this.token.renewed(token))
    }
  }

  private async ask<T>(
    path: string,
    query: Query,
    init: RequestInit,
    timeoutMs?: number,
  ): Promise<T> {
    const address = this.address(path, query)
    const { body } = await callProvider(address, init, MAX_ANSWER_BYTES, timeoutMs)
    return answerOf<T>(body)
  }

  private address(path: string, query: Query): string {
    return `${this.settings.apiBase.replace(/\/+$/, '')}${path}?${new URLSearchParams(query)}`
  }

  /** stable_token gives every node the same; one that was refused is replaced by force (20 a day). */
  private async fetchToken(refused: boolean): Promise<{ token: string; expiresInMs: number }> {
    const ask = (force: boolean) =>
      this.ask<{ access_token: string; expires_in: number }>(
        '/cgi-bin/stable_token',
        {},
        {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({
            grant_type: 'client_credential',
            appid: this.settings.appId,
            secret: this.settings.appSecret,
            ...(force && { force_refresh: true }),
          }),
        },
      )
    let answer = await ask(false)
    if (refused && answer.access_token === this.refused) answer = await ask(true)
    return { token: answer.access_token, expiresInMs: answer.expires_in * 1000 }
  }

  /** Videos lie on WeChat's own hosts; nothing else is fetched, whoever wrote the answer. */
  private isTheirs(address: string): boolean {
    if (!URL.canParse(address)) return false
    const { hostname, protocol, origin } = new URL(address)
    if (origin === new URL(this.settings.apiBase).origin) return true
    return /^https?:$/.test(protocol) && /\.(qq|qpic|weixin|wechat)\.(com|cn)$/.test(hostname)
  }
}

function answerOf<T>(bytes: Buffer): T {
  let answer: { errcode?: number; errmsg?: string }
  try {
    // ids of 64 bits stand as bare numbers ("msgid":3214126857316286464), which JSON.parse would round
    const text = bytes.toString('utf8').replace(/("msg_?id"\s*:\s*)(\d{15,20})/gi, '$1"$2"')
    answer = JSON.parse(text) as typeof answer
  } catch {
    throw new Unreachable('unknown', 'BAD_ANSWER')
  }
  if (typeof answer !== 'object' || answer === null) throw new Unreachable('unknown', 'BAD_ANSWER')
  if (answer.errcode) throw new WechatError(answer.errcode, String(answer.errmsg ?? ''))
  return answer as T
}
