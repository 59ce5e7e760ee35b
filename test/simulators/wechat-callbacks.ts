/** How WeChat tells a server: signed, encrypted, three times unless it is answered within five seconds. */
import { createHash, randomBytes } from 'node:crypto'
import { encrypt, getSignature } from '@wecom/crypto'

const ATTEMPTS = 3

export interface WechatSimulatorOptions {
  appId?: string
  appSecret?: string
  token?: string
  encodingAesKey?: string
  /** 5 s in life */
  callbackTimeoutMs?: number
  /** between a callback that failed and its repeat */
  callbackRetryMs?: number
  now?: () => number
}

/** A callback, as often as it was sent. */
export interface Pushed {
  /** the answers, in order; a timeout is 0 */
  statuses: number[]
  taken: boolean
}

export class WechatCallbacks {
  readonly appId: string
  readonly token: string
  readonly encodingAesKey: string
  /** where they go */
  callback = ''
  /** how they go: `plain` is neither encrypted nor proven */
  mode: 'safe' | 'plain' = 'safe'
  retries = 0
  gaveUp = 0
  protected readonly now: () => number
  private readonly timeoutMs: number
  private readonly retryMs: number

  constructor(options: WechatSimulatorOptions) {
    this.appId = options.appId ?? 'wxb11529c136998cb6'
    this.token = options.token ?? 'yiluTestToken'
    this.encodingAesKey = options.encodingAesKey ?? 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG'
    this.timeoutMs = options.callbackTimeoutMs ?? 5000
    this.retryMs = options.callbackRetryMs ?? 0
    this.now = options.now ?? Date.now
  }

  /** The check when the address is entered. */
  async checksAddress(): Promise<boolean> {
    const echostr = String(Date.now())
    const query = new URLSearchParams({ ...this.plainSignature(), echostr })
    const response = await fetch(`${this.callback}?${query}`)
    return response.ok && (await response.text()) === echostr
  }

  xml(openId: string, fields: Record<string, string>, more = ''): string {
    const elements = Object.entries({
      ToUserName: 'gh_866835093fea',
      FromUserName: openId,
      CreateTime: String(Math.floor(this.now() / 1000)),
      ...fields,
    }).map(([name, value]) =>
      /^\d+$/.test(value) && name !== 'Content'
        ? `<${name}>${value}</${name}>`
        : `<${name}><![CDATA[${value}]]></${name}>`,
    )
    return `<xml>${elements.join('\n')}${more}</xml>`
  }

  /** One request as they make it, for whoever wants to alter it. */
  request(openId: string, xml: string): { url: string; body: string } {
    const query = new URLSearchParams({ ...this.plainSignature(), openid: openId })
    if (this.mode === 'plain') return { url: `${this.callback}?${query}`, body: xml }
    const encrypted = encrypt(this.encodingAesKey, xml, this.appId)
    const timestamp = query.get('timestamp')!
    const nonce = query.get('nonce')!
    query.set('encrypt_type', 'aes')
    query.set('msg_signature', getSignature(this.token, timestamp, nonce, encrypted))
    const body =
      `<xml><ToUserName><![CDATA[gh_866835093fea]]></ToUserName>` +
      `<Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`
    return { url: `${this.callback}?${query}`, body }
  }

  push(openId: string, fields: Record<string, string>): Promise<Pushed> {
    return this.pushXml(openId, this.xml(openId, fields))
  }

  async pushXml(openId: string, xml: string): Promise<Pushed> {
    const statuses: number[] = []
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (attempt) {
        this.retries++
        await new Promise((resolve) => setTimeout(resolve, this.retryMs))
      }
      const { url, body } = this.request(openId, xml)
      const status = await this.post(url, body)
      statuses.push(status)
      if (status === 200) return { statuses, taken: true }
    }
    this.gaveUp++
    return { statuses, taken: false }
  }

  private async post(url: string, body: string): Promise<number> {
    try {
      const response = await fetch(url, {
        ...{ method: 'POST', body, headers: { 'content-type': 'text/xml' } },
        signal: AbortSignal.timeout(this.timeoutMs),
      })
      const text = await response.text()
      // anything else would be shown to the tourist, or as "this account is out of service"
      return response.status === 200 && text !== '' && text !== 'success' ? 599 : response.status
    } catch {
      return 0
    }
  }

  private plainSignature() {
    const timestamp = String(Math.floor(this.now() / 1000))
    const nonce = String(randomBytes(4).readUInt32BE())
    const signature = createHash('sha1')
      .update([this.token, timestamp, nonce].sort().join(''))
      .digest('hex')
    return { signature, timestamp, nonce }
  }
}
