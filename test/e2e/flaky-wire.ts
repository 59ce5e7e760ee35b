/** A network between a browser and the product that can be cut and mended: a plain TCP forwarder. */
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { until } from './until.ts'

/** As long as a lift or a short tunnel takes the signal away. */
const CUT_MS = 700

export class FlakyWire {
  private readonly target: { host: string; port: number }
  private readonly server: Server
  private readonly sockets = new Set<Socket>()
  private isCut = false
  /** answers are swallowed, so that what was asked is done but nobody hears of it */
  private hushed = false
  private swallowed = 0

  private constructor(target: string) {
    const { hostname, port } = new URL(target)
    this.target = { host: hostname, port: Number(port) }
    this.server = createServer((client) => this.join(client))
  }

  static async to(target: string): Promise<FlakyWire> {
    const wire = new FlakyWire(target)
    wire.server.listen(0, '127.0.0.1')
    await once(wire.server, 'listening')
    return wire
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  cut(): void {
    this.isCut = true
    for (const socket of this.sockets) socket.resetAndDestroy()
  }

  mend(): void {
    this.isCut = false
    this.hushed = false
  }

  /** The line is down before `act` can send anything, and back a while later. */
  async losingWords(act: () => Promise<unknown>): Promise<void> {
    this.cut()
    await act()
    await pause(CUT_MS)
    this.mend()
  }

  /** What `act` sends arrives and is answered; the answer is lost, then the line is down for a while. */
  async losingAnswers(act: () => Promise<unknown>): Promise<void> {
    this.swallowed = 0
    this.hushed = true
    await act()
    await until(() => this.swallowed > 0, 'an answer of the product to lose')
    this.cut()
    await pause(CUT_MS)
    this.mend()
  }

  async close(): Promise<void> {
    this.cut()
    this.server.close()
    await once(this.server, 'close')
  }

  private join(client: Socket): void {
    if (this.isCut) return void client.resetAndDestroy()
    const product = connect(this.target)
    for (const [one, other] of [
      [client, product],
      [product, client],
    ] as const) {
      this.sockets.add(one)
      one.setNoDelay(true)
      one.on('error', () => undefined)
      one.on('close', () => {
        this.sockets.delete(one)
        other.destroy()
      })
    }
    client.pipe(product)
    product.on('data', (bytes) => {
      if (this.hushed) this.swallowed += bytes.length
      else client.write(bytes)
    })
  }
}
