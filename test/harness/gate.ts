/**
 * A way to a provider that can be closed, and that can keep an answer back: bytes are passed on as they come.
 * It stands before the simulator of any protocol over TCP, and stays when the product is killed.
 */
import { once } from 'node:events'
import type { AddressInfo, Server, Socket } from 'node:net'
import { connect, createServer } from 'node:net'

interface Hold {
  fits: () => boolean
  how: 'keep' | 'cut'
  from: 'far' | 'near'
  held: () => void
}

export class Gate {
  port = 0
  private readonly target: { host: string; port: number }
  private server: Server | undefined
  private readonly sockets = new Set<Socket>()
  private hold: Hold | undefined

  constructor(target: string | { host: string; port: number }) {
    this.target =
      typeof target === 'string'
        ? { host: new URL(target).hostname, port: Number(new URL(target).port) }
        : target
  }

  static async before(target: Gate['target'] | string): Promise<Gate> {
    const gate = new Gate(target)
    await gate.open()
    return gate
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  /** Again on the same port after `close`. */
  async open(): Promise<void> {
    this.server = createServer((socket) => this.pass(socket))
    this.server.listen(this.port, '127.0.0.1')
    await once(this.server, 'listening')
    this.port = (this.server.address() as AddressInfo).port
  }

  /** Connections fall, and new ones are refused. */
  async close(): Promise<void> {
    const { server } = this
    if (!server?.listening) return
    const closed = once(server, 'close')
    server.close()
    for (const socket of this.sockets) socket.destroy()
    await closed
  }

  /**
   * The first octets the far end sends once `fits` holds are not passed on, nor any after them: they are kept
   * for good, or the connection is cut. Resolves at that moment.
   * @param from 'near': what whoever connected sends
   */
  async withhold(fits: () => boolean, how: Hold['how'], from: Hold['from'] = 'far'): Promise<void> {
    await new Promise<void>((held) => (this.hold = { fits, how, from, held }))
  }

  private pass(near: Socket): void {
    const far = connect(this.target)
    for (const [socket, other, end] of [
      [near, far, 'near'],
      [far, near, 'far'],
    ] as const) {
      let kept = false
      this.sockets.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        this.sockets.delete(socket)
        other.destroy()
      })
      socket.on('data', (octets) => {
        if (kept) return
        const { hold } = this
        if (hold?.from !== end || !hold.fits()) return void other.write(octets)
        kept = true
        this.hold = undefined
        if (hold.how === 'cut') other.destroy()
        hold.held()
      })
    }
  }
}
