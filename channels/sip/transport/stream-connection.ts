import type { Socket } from 'node:net'
import { StreamFramer } from '../message/message.ts'
import type { SipListener } from '../sip-engine.ts'
import type { Flow } from './flow.ts'
import type { Received } from './udp-listener.ts'

/** A peer that does not read is not written to for ever. */
const MAX_UNSENT = 1 << 20
const PONG = Buffer.from('\r\n')

/** One TCP or TLS connection, opened by either side. */
export class StreamConnection implements Flow {
  readonly transport: 'tcp' | 'tls'
  readonly address: string
  readonly port: number
  readonly listener: SipListener
  lastUsedMs = 0
  open = true
  readonly #socket: Socket
  /** told when the connection ends before their bytes left */
  readonly #unsent = new Set<(error: Error) => void>()
  readonly #onClose: (connection: StreamConnection) => void

  constructor(
    socket: Socket,
    options: {
      transport: 'tcp' | 'tls'
      address: string
      port: number
      listener: SipListener
      received: Received
      now: () => number
      onClose: (connection: StreamConnection) => void
    },
  ) {
    this.#socket = socket
    this.transport = options.transport
    this.address = options.address
    this.port = options.port
    this.listener = options.listener
    this.#onClose = options.onClose
    this.lastUsedMs = options.now()
    const framer = new StreamFramer()
    socket.setNoDelay(true)
    socket.on('data', (chunk: Buffer) => {
      this.lastUsedMs = options.now()
      for (const framed of framer.push(chunk)) {
        if (framed.kind === 'message') options.received(framed.data, this)
        else if (framed.kind === 'ping') this.send(PONG, () => undefined)
        else this.close()
      }
    })
    socket.on('error', () => this.#closed()) // 'close' follows; without this the process would end
    socket.on('close', () => this.#closed())
    socket.on('end', () => this.#closed())
  }

  send(bytes: Uint8Array, failed: (error: Error) => void): void {
    if (!this.open) return queueMicrotask(() => failed(new Error('closed')))
    if (this.#socket.writableLength > MAX_UNSENT) {
      this.close()
      return queueMicrotask(() => failed(new Error('peer does not read')))
    }
    this.#unsent.add(failed)
    this.#socket.write(bytes, (error) => {
      if (this.#unsent.delete(failed) && error) failed(error)
    })
  }

  close(): void {
    this.#socket.destroy()
    this.#closed()
  }

  /** Lets what is written leave first. */
  async end(): Promise<void> {
    if (!this.open) return
    await new Promise<void>((resolve) => this.#socket.end(() => resolve()))
    this.close()
  }

  #closed(): void {
    if (!this.open) return
    this.open = false
    this.#onClose(this)
    // a handshake that fails drops what waits for it without a word to the writers (measured, Node 20)
    for (const failed of this.#unsent) failed(new Error('connection failed'))
    this.#unsent.clear()
  }
}
