/** A Direct Line client for tests: the calls DirectLineJS makes, one by one, over a real socket. */
import { WebSocket } from 'ws'
import type { Activity } from '../../../channels/directline/outgoing-activity.ts'
import type { ActivitySet } from '../../../channels/directline/stream.ts'
import { PATIENCE_MS } from '../../harness/patience.ts'

export interface Started {
  conversationId: string
  token: string
  expires_in: number
  streamUrl: string
}

export class DirectLineClient {
  conversationId = ''
  token = ''
  streamUrl = ''
  watermark = ''
  readonly activities: Activity[] = []
  private readonly domain: string
  private socket: WebSocket | undefined
  private wake: (() => void)[] = []

  constructor(domain: string) {
    this.domain = domain
  }

  ask(
    method: string,
    path: string,
    options: { body?: unknown; bearer?: string; headers?: Record<string, string> } = {},
  ): Promise<Response> {
    const { body, bearer = this.token, headers = {} } = options
    return fetch(`${this.domain}${path}`, {
      method,
      headers: {
        ...(bearer && { authorization: `Bearer ${bearer}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
  }

  /** With the secret, as the server of a site does. */
  async fetchToken(secret: string, user?: { id: string }): Promise<this> {
    const response = await this.ask('POST', '/tokens/generate', {
      bearer: secret,
      ...(user && { body: { user } }),
    })
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
    const { conversationId, token } = (await response.json()) as Started
    Object.assign(this, { conversationId, token })
    return this
  }

  async start(locale = 'zh-CN'): Promise<Response> {
    const response = await this.ask('POST', '/conversations', { body: { locale } })
    const started = (await response.clone().json()) as Started
    this.streamUrl = started.streamUrl
    return response
  }

  /** Asks for a stream after what it has, as DirectLineJS does when its line broke. */
  async reconnect(): Promise<void> {
    const path = `/conversations/${this.conversationId}?watermark=${this.watermark}`
    const started = (await (await this.ask('GET', path)).json()) as Started
    Object.assign(this, { token: started.token, streamUrl: started.streamUrl })
    await this.connect()
  }

  async connect(): Promise<this> {
    const socket = new WebSocket(this.streamUrl)
    this.socket = socket
    socket.on('message', (data: Buffer) => {
      const { activities, watermark } = JSON.parse(data.toString()) as ActivitySet
      if (watermark) this.watermark = watermark
      this.activities.push(...activities)
      this.stir()
    })
    socket.on('close', () => this.stir())
    await new Promise<void>((resolve, reject) => {
      socket.on('open', resolve)
      socket.on('error', reject)
    })
    return this
  }

  cut(): void {
    this.socket?.terminate()
  }

  get messages(): Activity[] {
    return this.activities.filter(({ type }) => type === 'message')
  }

  async say(text: string, clientActivityID?: string): Promise<string> {
    const response = await this.post({
      type: 'message',
      text,
      locale: 'zh-CN',
      from: { id: 'dl_whoever' },
      ...(clientActivityID && { channelData: { clientActivityID } }),
    })
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
    return ((await response.json()) as { id: string }).id
  }

  post(activity: unknown): Promise<Response> {
    return this.ask('POST', `/conversations/${this.conversationId}/activities`, { body: activity })
  }

  async poll(watermark = this.watermark): Promise<ActivitySet> {
    const path = `/conversations/${this.conversationId}/activities?watermark=${watermark}`
    return (await (await this.ask('GET', path)).json()) as ActivitySet
  }

  /** Waits for an activity that fits, after the first `from`. */
  async sees(fits: (activity: Activity) => boolean, what: string, from = 0): Promise<Activity> {
    const find = () => this.activities.slice(from).find(fits)
    const deadline = Date.now() + PATIENCE_MS
    for (let found = find(); ; found = find()) {
      if (found) return found
      const leftMs = deadline - Date.now()
      if (leftMs <= 0) throw new Error(`the client waited in vain for ${what}`)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, leftMs)
        this.wake.push(() => {
          clearTimeout(timer)
          resolve()
        })
      })
    }
  }

  hears(expected: RegExp, from = 0): Promise<Activity> {
    const fits = ({ type, from: by, text }: Activity) =>
      type === 'message' && by.role === 'bot' && expected.test(text ?? '')
    return this.sees(fits, `${expected}`, from)
  }

  private stir(): void {
    for (const wake of this.wake.splice(0)) wake()
  }
}
