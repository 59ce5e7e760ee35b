/** A visitor for tests: speaks the widget's protocol over a real socket, like a small ladder script. */
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { WebSocket } from 'ws'
import type {
  ClientFrame,
  SayContent,
  ServerFrame,
  TokenResponse,
  VisitorMessage,
} from '../../channels/webchat/protocol.ts'
import { PATIENCE_MS } from './patience.ts'

export class SimulatedChat {
  token = ''
  visitorId = ''
  readonly frames: ServerFrame[] = []
  /** by conversation and seq: what a widget would show */
  readonly messages = new Map<string, VisitorMessage>()
  private socket: WebSocket | undefined
  private wake: (() => void)[] = []
  private readonly base: string
  private readonly lang: 'zh-CN' | 'en'

  constructor(base: string, lang: 'zh-CN' | 'en') {
    this.base = base
    this.lang = lang
  }

  async connect(options: { resume?: boolean } = {}): Promise<this> {
    if (!this.token) {
      const response = await fetch(`${this.base}/webchat/token`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ account: 'web' }),
      })
      const answer = (await response.json()) as TokenResponse
      this.token = answer.token
      this.visitorId = answer.visitorId
    }
    const socket = new WebSocket(`${this.base.replace('http', 'ws')}/webchat/ws`)
    this.socket = socket
    socket.on('message', (data: Buffer) => this.take(JSON.parse(data.toString()) as ServerFrame))
    socket.on('error', () => undefined)
    socket.on('close', () => this.stir())
    await once(socket, 'open')
    const last = [...this.messages.values()].at(-1)
    const seen = this.frames.length
    this.send({
      t: 'hello',
      token: this.token,
      lang: this.lang,
      ...(options.resume &&
        last && { resume: { conversationId: last.conversationId, seq: this.lastSeq } }),
    })
    await this.until(() => this.frames.slice(seen).some((frame) => frame.t === 'ready'), 'ready')
    return this
  }

  get lastSeq(): number {
    return Math.max(0, ...[...this.messages.values()].map(({ seq }) => seq))
  }

  /** Everything said so far, in seq order. */
  get said(): string[] {
    return [...this.messages.values()]
      .sort((a, b) => a.conversationId.localeCompare(b.conversationId) || a.seq - b.seq)
      .map((message) => textOf(message))
  }

  send(frame: ClientFrame): void {
    this.socket!.send(JSON.stringify(frame))
  }

  sendRaw(data: string | Buffer): void {
    this.socket!.send(data)
  }

  /** Says something and waits until it is stored. @returns its clientMsgId */
  async say(what: string | SayContent, clientMsgId: string = randomUUID()): Promise<string> {
    const frame: ClientFrame = {
      t: 'say',
      clientMsgId,
      content: typeof what === 'string' ? { type: 'text', text: what } : what,
    }
    for (;;) {
      const from = this.frames.length
      this.send(frame)
      const find = () =>
        this.frames
          .slice(from)
          .find(
            (each) =>
              (each.t === 'stored' || each.t === 'refused') && each.clientMsgId === clientMsgId,
          )
      await this.until(() => find() !== undefined, `stored ${clientMsgId}`)
      const answer = find()!
      // the server says when to try again, and the widget does
      if (answer.t === 'stored') break
      if (!('retryAfterMs' in answer)) throw new Error(`refused: ${JSON.stringify(answer)}`)
      await new Promise((resolve) => setTimeout(resolve, answer.retryAfterMs))
    }
    return clientMsgId
  }

  /** Says something and waits for an answer of the bot or an agent that fits. */
  async ask(what: string, expected: RegExp): Promise<string> {
    const from = this.lastSeq
    await this.say(what)
    return this.hears(expected, from)
  }

  /** Waits for a message from the other side, after the given seq, that fits. */
  async hears(expected: RegExp, afterSeq = 0): Promise<string> {
    const find = () =>
      [...this.messages.values()].find(
        (message) =>
          message.seq > afterSeq &&
          message.author.kind !== 'contact' &&
          expected.test(textOf(message)),
      )
    await this.until(
      () => find() !== undefined,
      `an answer like ${expected}; heard:\n${this.said.join('\n')}`,
    )
    return textOf(find()!)
  }

  /** Waits until the latest status fits. */
  async status(state: 'bot' | 'waiting' | 'agent' | 'closed'): Promise<void> {
    await this.until(() => {
      const last = this.frames.findLast((frame) => frame.t === 'status' || frame.t === 'ready')
      return last !== undefined && 'status' in last && last.status.state === state
    }, `status ${state}`)
  }

  async frame<T extends ServerFrame['t']>(t: T): Promise<Extract<ServerFrame, { t: T }>> {
    await this.until(() => this.frames.some((frame) => frame.t === t), `frame ${t}`)
    return this.frames.findLast((frame) => frame.t === t) as Extract<ServerFrame, { t: T }>
  }

  /** The wire is cut: no goodbye. */
  cut(): void {
    this.socket?.terminate()
  }

  get isOpen(): boolean {
    return this.socket?.readyState === WebSocket.OPEN
  }

  async until(holds: () => boolean, what: string): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS
    while (!holds()) {
      const leftMs = deadline - Date.now()
      if (leftMs <= 0) throw new Error(`waited in vain for ${what}`)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, leftMs)
        this.wake.push(() => {
          clearTimeout(timer)
          resolve()
        })
      })
    }
  }

  private take(frame: ServerFrame): void {
    this.frames.push(frame)
    if (frame.t === 'message') {
      const { message } = frame
      this.messages.set(`${message.conversationId}:${message.seq}`, message)
    }
    this.stir()
  }

  private stir(): void {
    for (const wake of this.wake.splice(0)) wake()
  }
}

export function textOf({ parts }: VisitorMessage): string {
  return parts
    .map((part) => {
      if (part.type === 'text') return part.text
      if (part.type === 'choice') return part.label
      if (part.type === 'media') return `[${part.name}]`
      return ''
    })
    .filter(Boolean)
    .join('\n')
}

export function simulateChat(base: string, lang: 'zh-CN' | 'en' = 'zh-CN'): Promise<SimulatedChat> {
  return new SimulatedChat(base, lang).connect()
}
