/** The access token of a client that signs in for itself (OAuth 2.0, RFC 6749 §4.4), kept until it ends. */
import { z } from 'zod'
import type { CallOut } from '../outgoing/call-out.ts'
import type { HttpSettings } from './schema.ts'
import { connectionFault, sourceFault } from './source-fault.ts'

type Oauth = Extract<HttpSettings['auth'], { kind: 'oauth2' }>

const MAX_BYTES = 64 * 1024
/** asked for anew before it ends, so that no request arrives with one that just did */
const EARLY_MS = 30_000
/** of an endpoint that does not say (RFC 6749 §5.1: recommended, not required) */
const UNSAID_SECONDS = 300

const answered = z.object({
  access_token: z.string().min(1).max(16_000),
  expires_in: z.coerce.number().positive().optional().catch(undefined),
})

export class OauthToken {
  private readonly auth: Oauth
  private readonly secret: string
  private readonly callOut: CallOut
  private readonly now: () => number
  private kept: { token: string; untilMs: number } | undefined
  private asking: Promise<string> | undefined

  constructor(auth: Oauth, secret: string, callOut: CallOut, now: () => number) {
    this.auth = auth
    this.secret = secret
    this.callOut = callOut
    this.now = now
  }

  forget(): void {
    this.kept = undefined
  }

  /** @throws SOURCE_SIGN_IN, and what a connection that fails does */
  async get(leftMs: () => number): Promise<string> {
    if (this.kept && this.kept.untilMs > this.now()) return this.kept.token
    this.asking ??= this.ask(leftMs()).finally(() => (this.asking = undefined))
    return this.asking
  }

  private async ask(timeoutMs: number): Promise<string> {
    const { tokenUrl, clientId, scope, sendAs } = this.auth
    const form = new URLSearchParams({ grant_type: 'client_credentials', ...(scope && { scope }) })
    if (sendAs === 'body') {
      form.set('client_id', clientId)
      form.set('client_secret', this.secret)
    }
    // both parts are form-encoded before they are joined (RFC 6749 §2.3.1)
    const pair = [clientId, this.secret].map((part) => encodeURIComponent(part)).join(':')
    const answer = await this.callOut
      .ask({
        url: new URL(tokenUrl),
        method: 'POST',
        headers: {
          accept: 'application/json',
          'content-type': 'application/x-www-form-urlencoded',
          ...(sendAs === 'header' && {
            authorization: `Basic ${Buffer.from(pair).toString('base64')}`,
          }),
        },
        body: form.toString(),
        timeoutMs,
        maxBytes: MAX_BYTES,
      })
      .catch((error: unknown) => {
        throw connectionFault(error)
      })
    const read = answered.safeParse(jsonOf(answer.body))
    if (answer.status !== 200 || !read.success)
      throw sourceFault('SOURCE_SIGN_IN', `token endpoint ${answer.status}`)
    const { access_token: token, expires_in: seconds = UNSAID_SECONDS } = read.data
    this.kept = { token, untilMs: this.now() + seconds * 1000 - EARLY_MS }
    return token
  }
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}
