import { createSocket, type Socket } from 'node:dgram'
import { isIPv6 } from 'node:net'
import type { SipListener } from '../sip-engine.ts'
import type { Flow } from './flow.ts'

/** Two seconds of 300 calls/s at 1 kB a message, so that a pause of the event loop loses nothing. */
const RECEIVE_BUFFER = 4 << 20

export interface Received {
  (bytes: Buffer, flow: Flow): void
}

/** One UDP socket. Socket errors are told, never thrown. */
export class UdpListener {
  readonly listener: SipListener
  readonly #socket: Socket
  #closed = false

  private constructor(socket: Socket, host: string, received: Received, log: (e: Error) => void) {
    this.#socket = socket
    this.listener = { transport: 'udp', host, port: socket.address().port }
    socket.on('error', log)
    socket.on('message', (bytes, from) => {
      // shorter than any SIP message: keep-alive (RFC 5626 §3.5.1) or noise
      if (bytes.length > 20) received(bytes, this.flowTo(from.address, from.port))
    })
  }

  static open(
    host: string,
    port: number,
    received: Received,
    log: (error: Error) => void,
  ): Promise<UdpListener> {
    const socket = createSocket({ type: isIPv6(host) ? 'udp6' : 'udp4' })
    return new Promise((resolve, reject) => {
      socket.once('error', reject)
      socket.bind(port, host, () => {
        socket.off('error', reject)
        try {
          socket.setRecvBufferSize(RECEIVE_BUFFER)
        } catch {
          // the kernel's ceiling is lower: it keeps its own size
        }
        resolve(new UdpListener(socket, host, received, log))
      })
    })
  }

  flowTo(address: string, port: number): Flow {
    return {
      transport: 'udp',
      address,
      port,
      listener: this.listener,
      open: true,
      send: (bytes, failed) => this.#send(bytes, address, port, failed),
    }
  }

  #send(bytes: Uint8Array, address: string, port: number, failed: (error: Error) => void): void {
    if (this.#closed) return queueMicrotask(() => failed(new Error('closed')))
    try {
      this.#socket.send(bytes, port, address, (error) => {
        if (error) failed(error)
      })
    } catch (error) {
      // a port of 0 throws at once; senders expect to hear of it later
      queueMicrotask(() => failed(error as Error))
    }
  }

  close(): Promise<void> {
    this.#closed = true
    return new Promise((resolve) => this.#socket.close(() => resolve()))
  }
}
