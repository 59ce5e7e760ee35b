/** A WebSocket client without manners: sends what it is told and keeps what comes back. */
import type { IncomingMessage } from 'node:http'
import { WebSocket } from 'ws'
import { PATIENCE_MS } from '../harness/patience.ts'

export interface Frame {
  t: string
  error?: unknown
  clientMsgId?: string
  retryAfterMs?: number
}

export class RawSocket {
  readonly frames: Frame[] = []
  /** of the close frame; 1006 when there was none */
  closeCode: number | undefined
  /** the handshake was answered with this instead */
  refusal: { status: number; body: string } | undefined
  readonly socket: WebSocket
  private wake: (() => void)[] = []

  constructor(url: string, headers: Record<string, string> = {}) {
    this.socket = new WebSocket(url.replace('http', 'ws'), { headers })
    this.socket.on('message', (data: Buffer) => {
      this.frames.push(JSON.parse(data.toString()) as Frame)
      this.stir()
    })
    this.socket.on('close', (code) => {
      this.closeCode = code
      this.stir()
    })
    this.socket.on('error', () => undefined)
    this.socket.on('open', () => this.stir())
    this.socket.on('unexpected-response', (_request, response: IncomingMessage) => {
      let body = ''
      response.on('data', (chunk: Buffer) => (body += chunk.toString()))
      response.on('end', () => {
        this.refusal = { status: response.statusCode!, body }
        this.stir()
      })
    })
  }

  async open(): Promise<this> {
    await this.until(() => this.socket.readyState === WebSocket.OPEN, 'open')
    return this
  }

  send(what: unknown): void {
    this.socket.send(
      typeof what === 'string' || Buffer.isBuffer(what) ? what : JSON.stringify(what),
    )
  }

  /** Waits for a frame of that kind which came after the first `from` ones. */
  async frame(t: string, from = 0): Promise<Frame> {
    const find = () => this.frames.slice(from).find((frame) => frame.t === t)
    await this.until(() => find() !== undefined, `frame ${t}`)
    return find()!
  }

  /** Sends and waits for the refusal of it. */
  async refused(what: unknown): Promise<Frame> {
    const from = this.frames.length
    this.send(what)
    return this.frame('refused', from)
  }

  async closed(): Promise<number> {
    await this.until(() => this.closeCode !== undefined, 'close')
    return this.closeCode!
  }

  async refusedAtTheDoor(): Promise<{ status: number; error: unknown }> {
    await this.until(() => this.refusal !== undefined, 'a refusal')
    return { status: this.refusal!.status, error: JSON.parse(this.refusal!.body) as unknown }
  }

  cut(): void {
    this.socket.terminate()
  }

  async until(holds: () => boolean, what: string): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS
    while (!holds()) {
      const leftMs = deadline - Date.now()
      if (leftMs <= 0)
        throw new Error(`waited in vain for ${what}: ${JSON.stringify(this.frames.slice(-3))}`)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, leftMs)
        this.wake.push(() => {
          clearTimeout(timer)
          resolve()
        })
      })
    }
  }

  private stir(): void {
    for (const wake of this.wake.splice(0)) wake()
  }
}
