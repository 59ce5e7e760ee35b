import { createServer as createTcpServer, connect as connectTcp, type Server } from 'node:net'
import type { Socket } from 'node:net'
import { networkInterfaces } from 'node:os'
import { createServer as createTlsServer, connect as connectTls } from 'node:tls'
import type { SipListener, SipTarget, SipTransport } from '../sip-engine.ts'
import type { Clock } from '../timing/clock.ts'
import type { Flow } from './flow.ts'
import { StreamConnection } from './stream-connection.ts'
import { UdpListener, type Received } from './udp-listener.ts'

export interface TlsSettings {
  key: string | Buffer
  cert: string | Buffer
  ca?: string | Buffer
  /** false: any certificate of a peer we connect to is taken; default true */
  verifyPeers?: boolean
}
export interface TransportOptions {
  listen: SipListener[]
  advertised?: string
  tls?: TlsSettings
  clock: Clock
  received: Received
  log: (event: string, detail: Record<string, string | number>) => void
}

const MAX_CONNECTIONS = 10_000
/** A connection that carried nothing for so long is closed; phones send keep-alives every 30–120 s. */
const IDLE_MS = 15 * 60_000
const CONNECT_MS = 5_000

/** Every socket of the stack: opens, accepts, finds again, closes. An error of a socket stays with the socket. */
export class Transports {
  readonly listening: SipListener[] = []
  readonly #options: TransportOptions
  readonly #udp: UdpListener[] = []
  readonly #servers: { server: Server; listener: SipListener }[] = []
  /** by transport, address and port of the other end */
  readonly #connections = new Map<string, StreamConnection>()
  #closed = false

  private constructor(options: TransportOptions) {
    this.#options = options
  }

  /** @throws the bind error of the first socket that could not be opened; none stays open then */
  static async open(options: TransportOptions): Promise<Transports> {
    const transports = new Transports(options)
    try {
      for (const wanted of options.listen) await transports.#listen(wanted)
    } catch (error) {
      await transports.close()
      throw error
    }
    transports.#sweep()
    return transports
  }

  /** The road to a peer: the UDP socket of its family, or a connection, opened when there is none. */
  flowTo(target: SipTarget): Flow {
    if (target.transport === 'udp') {
      const six = target.host.includes(':')
      const udp =
        this.#udp.find((u) => u.listener.host.includes(':') === six) ?? this.#udp[0] ?? undefined
      return udp ? udp.flowTo(target.host, target.port) : closedFlow(target)
    }
    const known = this.#connections.get(keyOf(target.transport, target.host, target.port))
    return known?.open ? known : this.#connect(target, target.transport)
  }

  has(transport: SipTransport): boolean {
    return this.listening.some((l) => l.transport === transport)
  }

  /** What to write into Via and Contact for a peer there (RFC 3261 §18.1.1). */
  sentBy(transport: SipTransport, peer: string): { host: string; port: number } {
    const listener =
      this.listening.find(
        (l) => l.transport === transport && l.host.includes(':') === peer.includes(':'),
      ) ??
      this.listening.find((l) => l.transport === transport) ??
      this.listening[0]!
    return { host: this.addressFor(listener, peer), port: listener.port }
  }

  addressFor(listener: SipListener, peer: string): string {
    const any = listener.host === '0.0.0.0' || listener.host === '::'
    if (any && isLoopback(peer)) return peer.includes(':') ? '::1' : '127.0.0.1'
    if (this.#options.advertised && !(isLoopback(listener.host) && isLoopback(peer)))
      return this.#options.advertised
    return any ? ownAddress(listener.host === '::' ? 'IPv6' : 'IPv4') : listener.host
  }

  async close(): Promise<void> {
    this.#closed = true
    await Promise.all([...this.#connections.values()].map((c) => withinMs(c.end(), 500)))
    for (const connection of [...this.#connections.values()]) connection.close()
    await Promise.all([
      ...this.#udp.map((u) => u.close()),
      ...this.#servers.map(({ server }) => new Promise((resolve) => server.close(resolve))),
    ])
  }

  async #listen(wanted: SipListener): Promise<void> {
    const { log, received } = this.#options
    if (wanted.transport === 'udp') {
      const udp = await UdpListener.open(wanted.host, wanted.port, received, (error) =>
        log('sip socket error', { transport: 'udp', code: codeOf(error) }),
      )
      this.#udp.push(udp)
      this.listening.push(udp.listener)
      return
    }
    const { tls } = this.#options
    const transport = wanted.transport
    const listener: SipListener = { ...wanted }
    const accepted = (socket: Socket): void => this.#accept(socket, transport, listener)
    const server =
      transport === 'tls'
        ? createTlsServer({ key: tls?.key, cert: tls?.cert, ca: tls?.ca }, accepted)
        : createTcpServer(accepted)
    // a failed handshake is the peer's affair
    server.on('tlsClientError', (_error: Error, socket: Socket) => socket.destroy())
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(wanted.port, wanted.host, () => {
        server.off('error', reject)
        server.on('error', (error) => log('sip socket error', { transport, code: codeOf(error) }))
        resolve()
      })
    })
    const address = server.address()
    if (address && typeof address === 'object') listener.port = address.port
    this.#servers.push({ server, listener })
    this.listening.push(listener)
  }

  #accept(socket: Socket, transport: 'tcp' | 'tls', listener: SipListener): void {
    const { remoteAddress, remotePort } = socket
    if (
      !remoteAddress ||
      !remotePort ||
      this.#connections.size >= MAX_CONNECTIONS ||
      this.#closed
    ) {
      socket.on('error', () => undefined)
      socket.destroy()
      return
    }
    this.#adopt(socket, transport, plainAddress(remoteAddress), remotePort, listener)
  }

  #connect(target: SipTarget, transport: 'tcp' | 'tls'): Flow {
    if (this.#closed || this.#connections.size >= MAX_CONNECTIONS) return closedFlow(target)
    const { tls } = this.#options
    const options = { host: target.host, port: target.port }
    let socket: Socket
    try {
      socket =
        transport === 'tls'
          ? connectTls({ ...options, ca: tls?.ca, rejectUnauthorized: tls?.verifyPeers !== false })
          : connectTcp(options)
    } catch {
      return closedFlow(target)
    }
    socket.setTimeout(CONNECT_MS, () => {
      if (socket.connecting) socket.destroy(new Error('connect timeout'))
    })
    const listener = this.listening.find((l) => l.transport === transport) ?? {
      transport,
      host: '0.0.0.0',
      port: 0,
    }
    return this.#adopt(socket, transport, target.host, target.port, listener)
  }

  #adopt(
    socket: Socket,
    transport: 'tcp' | 'tls',
    address: string,
    port: number,
    listener: SipListener,
  ): StreamConnection {
    const key = keyOf(transport, address, port)
    const connection = new StreamConnection(socket, {
      transport,
      address,
      port,
      listener,
      received: this.#options.received,
      now: () => this.#options.clock.now(),
      onClose: (gone) => {
        if (this.#connections.get(key) === gone) this.#connections.delete(key)
      },
    })
    this.#connections.set(key, connection)
    return connection
  }

  #sweep(): void {
    const { clock } = this.#options
    clock.after(IDLE_MS / 3, () => {
      if (this.#closed) return
      for (const connection of this.#connections.values())
        if (clock.now() - connection.lastUsedMs > IDLE_MS) connection.close()
      this.#sweep()
    })
  }
}

const keyOf = (transport: string, address: string, port: number): string =>
  `${transport}:${address}:${port}`

const codeOf = (error: Error): string => (error as NodeJS.ErrnoException).code ?? error.name

const isLoopback = (address: string): boolean => address.startsWith('127.') || address === '::1'

/** '::ffff:192.0.2.1' of a dual-stack socket is 192.0.2.1. */
const plainAddress = (address: string): string =>
  address.startsWith('::ffff:') && address.includes('.') ? address.slice(7) : address

function ownAddress(family: 'IPv4' | 'IPv6'): string {
  for (const addresses of Object.values(networkInterfaces()))
    for (const { address, family: f, internal } of addresses ?? [])
      if (f === family && !internal && !address.startsWith('fe80:')) return address
  return family === 'IPv4' ? '127.0.0.1' : '::1'
}

function closedFlow(target: SipTarget): Flow {
  return {
    transport: target.transport,
    address: target.host,
    port: target.port,
    listener: { transport: target.transport, host: '0.0.0.0', port: 0 },
    open: false,
    send: (_bytes, failed) => setImmediate(failed, new Error('no such transport')),
  }
}

async function withinMs(done: Promise<void>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  await Promise.race([done, new Promise<void>((r) => (timer = setTimeout(r, ms)))])
  clearTimeout(timer)
}
