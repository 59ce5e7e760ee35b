/** A data source that is a web service answering JSON. */
import type { CallOut, OutgoingAnswer } from '../outgoing/call-out.ts'
import type { YiluError } from '../errors.ts'
import { asText, fillJson, fillText } from './fill-template.ts'
import type { Params } from './fill-template.ts'
import { OauthToken } from './oauth-token.ts'
import type { HttpSettings } from './schema.ts'
import { connectionFault, isOutage, sourceFault } from './source-fault.ts'
import type { SourceReader } from './source.ts'

/** between tries; the caller of a hotline waits meanwhile */
const RETRY_AFTER_MS = 150

export class HttpSource implements SourceReader {
  private readonly settings: HttpSettings
  private readonly secret: string
  private readonly callOut: CallOut
  private readonly token: OauthToken | undefined

  constructor(settings: HttpSettings, secret: string, callOut: CallOut, now: () => number) {
    this.settings = settings
    this.secret = secret
    this.callOut = callOut
    const { auth } = settings
    if (auth.kind === 'oauth2') this.token = new OauthToken(auth, secret, callOut, now)
  }

  async ask(params: Params, timeoutMs: number): Promise<unknown> {
    const untilMs = performance.now() + timeoutMs
    const leftMs = () => {
      const left = Math.floor(untilMs - performance.now())
      if (left <= 0) throw sourceFault('SOURCE_SLOW')
      return left
    }
    const tries = this.settings.method === 'GET' ? this.settings.retries + 1 : 1
    for (let left = tries; ; left--) {
      try {
        return await this.once(params, leftMs)
      } catch (error) {
        const fault = connectionFault(error)
        const again = isOutage(fault.code) && fault.code !== 'SOURCE_SIGN_IN'
        const inTime = performance.now() + RETRY_AFTER_MS < untilMs
        if (left <= 1 || !inTime || !(again || isServerFault(fault))) throw fault
        await new Promise((resolve) => setTimeout(resolve, RETRY_AFTER_MS))
      }
    }
  }

  close(): Promise<void> {
    return Promise.resolve()
  }

  private async once(params: Params, leftMs: () => number): Promise<unknown> {
    const answer = await this.send(params, leftMs)
    if (answer.status === 401 && this.token) {
      // withdrawn before its time
      this.token.forget()
      return readAnswer(await this.send(params, leftMs))
    }
    return readAnswer(answer)
  }

  private async send(params: Params, leftMs: () => number): Promise<OutgoingAnswer> {
    const { method, body, maxBytes } = this.settings
    const url = this.url(params)
    return this.callOut.ask({
      ...{ url, method, maxBytes },
      headers: {
        accept: 'application/json',
        'accept-encoding': 'gzip',
        ...(body !== undefined && method === 'POST' && { 'content-type': 'application/json' }),
        ...Object.fromEntries(
          this.settings.headers.map(({ name, value }) => [
            name.toLowerCase(),
            fillText(value, params, encodeURIComponent),
          ]),
        ),
        ...(await this.signIn(leftMs)),
      },
      ...(method === 'POST' && body !== undefined && { body: filledBody(body, params) }),
      timeoutMs: leftMs(),
    })
  }

  /** Scheme, host and port are those of the template, whatever the parameters are. */
  private url(params: Params): URL {
    const { url: template, query } = this.settings
    const filled = fillText(template, params, encodeURIComponent)
    const path = /^https?:\/\/[^/?]+([^?]*)/i.exec(filled)?.[1] ?? ''
    // "..", encoded or not, would leave the folder it stands in (WHATWG URL, double-dot path segment)
    if (path.split('/').some((segment) => /^(\.|%2e){1,2}$/i.test(segment)))
      throw sourceFault('SOURCE_PARAMETER', '. / ..')
    const url = new URL(filled)
    const fixed = /^https?:\/\/[^/?]+/i.exec(template)![0]
    if (url.origin !== new URL(fixed).origin) throw sourceFault('SOURCE_PARAMETER', 'origin')
    for (const { name, value } of query)
      url.searchParams.append(
        name,
        fillText(value, params, (text) => text),
      )
    return url
  }

  private async signIn(leftMs: () => number): Promise<Record<string, string>> {
    const { auth } = this.settings
    switch (auth.kind) {
      case 'none':
        return {}
      case 'basic': {
        const pair = Buffer.from(`${auth.userName}:${this.secret}`).toString('base64')
        return { authorization: `Basic ${pair}` }
      }
      case 'bearer':
        return { authorization: `Bearer ${this.secret}` }
      case 'header':
        return { [auth.header.toLowerCase()]: this.secret }
      case 'oauth2':
        return { authorization: `Bearer ${await this.token!.get(leftMs)}` }
    }
  }
}

function filledBody(template: string, params: Params): string {
  let parsed: unknown
  try {
    parsed = JSON.parse(template)
  } catch {
    throw sourceFault('SOURCE_TEMPLATE')
  }
  return JSON.stringify(fillJson(parsed, params))
}

function readAnswer({ status, body }: OutgoingAnswer): unknown {
  if (status === 404 || status === 204) return null
  if (status >= 300 && status < 400) throw sourceFault('SOURCE_REDIRECT', String(status))
  if (status === 401 || status === 403) throw sourceFault('SOURCE_SIGN_IN', String(status))
  if (status < 200 || status >= 300) throw sourceFault('SOURCE_STATUS', asText(status))
  const text = body.toString('utf8').replace(/^\uFEFF/, '')
  if (!text.trim()) return null
  try {
    return JSON.parse(text)
  } catch {
    throw sourceFault('SOURCE_NOT_JSON')
  }
}

/** 5xx and 429 may pass; any other refusal will be the same the next time. */
export function isServerFault(fault: YiluError): boolean {
  if (fault.code !== 'SOURCE_STATUS') return false
  const status = Number((fault.details as { detail?: string } | undefined)?.detail)
  return status >= 500 || status === 429
}
