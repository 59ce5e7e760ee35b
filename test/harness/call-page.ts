/** The page behind a call link, without a browser: HTTP, its socket, and a line with a tone and an ear. */
import { once } from 'node:events'
import { WebSocket } from 'ws'
import type { CallPageAbout } from '../../channels/webchat/call-page-protocol.ts'
import type { ServerFrame } from '../../channels/webchat/protocol.ts'
import type { WireError } from '../../gateway/errors.ts'
import { BrowserLine } from './browser-line.ts'

type Frame = ServerFrame | { t: 'ready' }

export class LinkedCaller {
  readonly frames: Frame[] = []
  line: BrowserLine | undefined
  private readonly base: string
  private readonly token: string
  private socket!: WebSocket
  private wake: (() => void)[] = []

  /** @param link as it was sent; opened on the server at `base` */
  constructor(base: string, link: string) {
    this.base = base
    this.token = new URL(link).searchParams.get('t')!
  }

  /** The page itself. */
  page(): Promise<Response> {
    return fetch(`${this.base}/webchat/call?t=${this.token}`)
  }

  async about(): Promise<CallPageAbout | WireError> {
    return (await this.post('about', { token: this.token })).json() as Promise<CallPageAbout>
  }

  callMe(number: string): Promise<Response> {
    return this.post('callback', { token: this.token, number, lang: 'zh-CN' })
  }

  /** Says hello. @returns `ready` or the refusal */
  async hello(): Promise<Frame> {
    this.socket = new WebSocket(`${this.base.replace('http', 'ws')}/webchat/call/ws`)
    this.socket.on('message', (data: Buffer) => {
      this.frames.push(JSON.parse(data.toString()) as Frame)
      for (const wake of this.wake.splice(0)) wake()
    })
    await once(this.socket, 'open')
    this.send({ t: 'hello', token: this.token, lang: 'zh-CN' })
    return this.frame(({ t }) => t === 'ready' || t === 'refused')
  }

  /** Proposes a line and waits until it is up. @throws the code of the refusal */
  async call(): Promise<BrowserLine> {
    const from = this.frames.length
    this.line = await BrowserLine.propose(async (sdp) => {
      this.send({ t: 'call', sdp })
      const answer = await this.frame(({ t }) => t === 'callAnswer' || t === 'callEnded', from)
      if (answer.t === 'callAnswer') return answer.sdp
      throw new Error((answer as { error?: WireError }).error?.code)
    })
    return this.line
  }

  hangUp(): void {
    this.send({ t: 'callEnd' })
    this.line?.close()
  }

  async frame(fits: (frame: Frame) => boolean, from = 0): Promise<Frame> {
    for (;;) {
      const found = this.frames.slice(from).find(fits)
      if (found) return found
      await new Promise<void>((resolve) => this.wake.push(resolve))
    }
  }

  close(): void {
    this.line?.close()
    this.socket?.terminate()
  }

  private send(frame: object): void {
    this.socket.send(JSON.stringify(frame))
  }

  private post(what: string, body: object): Promise<Response> {
    return fetch(`${this.base}/webchat/call/${what}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  }
}
