import { fail } from '../../gateway/errors.ts'
import { Gatekeeper, type ChallengeAlgorithm } from './admission/gatekeeper.ts'
import type { Call } from './call/call.ts'
import type { CallHost } from './call/call-host.ts'
import { Outgoing } from './call/outgoing.ts'
import type { Dialog } from './dialog/dialog.ts'
import { Door } from './door.ts'
import { createRequest, nameAddr, newCallId, newTag, sipUri } from './message/message.ts'
import { Registrar } from './registrar/registrar.ts'
import { RegistrationClient } from './registration/registration-client.ts'
import type {
  IncomingCall,
  OutgoingRequest,
  Registration,
  SipBinding,
  SipCall,
  SipEngine,
  SipListener,
  SipPolicy,
  SipStats,
  SipTarget,
} from './sip-engine.ts'
import { systemClock, type Clock } from './timing/clock.ts'
import { lifeOf, RFC_TIMERS, type SipTimers } from './timing/sip-timers.ts'
import { TransactionLayer } from './transaction/transaction-layer.ts'
import { Transports, type TlsSettings } from './transport/transports.ts'

export interface SipOptions {
  policy: SipPolicy
  /** port 0: any free one */
  listen: SipListener[]
  /** address that peers reach us by, when it is not the one we listen on */
  advertised?: string
  /** required where a listener is TLS */
  tls?: TlsSettings
  /** milliseconds; RFC 3261 table 4 unless told otherwise */
  timers?: Partial<SipTimers>
  clock?: Clock
  userAgent?: string
  /** seconds a session lives without refresh (RFC 4028); default 1800, and 90 at least */
  sessionExpires?: number
  minSessionExpires?: number
  /** digest algorithms offered to phones; default MD5 alone, which every phone knows */
  challengeWith?: ChallengeAlgorithm[]
  /** what an operator may want to know; never carries numbers, names or addresses of callers */
  log?: (event: string, detail: Record<string, string | number>) => void
}

/**
 * The own SIP stack (RFC 3261). Sockets are open when it resolves.
 * @throws TELEPHONY_OFF when a port cannot be opened; details say which and why
 */
export async function createSipEngine(options: SipOptions): Promise<SipEngine> {
  const stack = new Stack(options)
  await stack.open()
  return stack
}

class Stack implements SipEngine, CallHost {
  onCall?: (call: IncomingCall) => void
  readonly clock: Clock
  readonly timers: SipTimers
  readonly userAgent: string
  readonly sessionExpires: number
  readonly minSessionExpires: number
  readonly #options: SipOptions
  readonly #calls = new Set<Call>()
  readonly #registrar: Registrar
  readonly #registrations = new Set<RegistrationClient>()
  readonly #dialogs = new Map<string, { dialog: Dialog; call: Call }>()
  #transports!: Transports
  #layer!: TransactionLayer
  #stopping = false
  #stopped: Promise<void> | undefined

  constructor(options: SipOptions) {
    this.#options = options
    this.clock = options.clock ?? systemClock
    this.timers = { ...RFC_TIMERS, ...options.timers }
    this.#registrar = new Registrar(() => this.clock.now())
    this.userAgent = options.userAgent ?? 'Yilu'
    this.minSessionExpires = options.minSessionExpires ?? 90
    this.sessionExpires = Math.max(options.sessionExpires ?? 1800, this.minSessionExpires)
  }

  async open(): Promise<void> {
    const { listen, advertised, tls, policy } = this.#options
    const log = this.log.bind(this)
    try {
      this.#transports = await Transports.open({
        listen,
        ...(advertised !== undefined && { advertised }),
        ...(tls && { tls }),
        clock: this.clock,
        received: (bytes, flow) => this.#layer.receive(bytes, flow),
        log,
      })
    } catch (error) {
      const { code, port } = error as NodeJS.ErrnoException & { port?: number }
      fail('TELEPHONY_OFF', { code, port })
    }
    const door = new Door({
      host: this,
      policy,
      gatekeeper: new Gatekeeper(policy, this.#options.challengeWith ?? ['MD5']),
      stopping: () => this.#stopping,
      dialog: (key) => this.#dialogs.get(key),
      register: (request, flow, peer, userName) => {
        const transaction = this.#layer.serve(request, flow)
        transaction.respond(this.#registrar.register(request, flow, peer, userName))
      },
      onCall: () => this.onCall,
    })
    this.#layer = new TransactionLayer({
      transports: this.#transports,
      clock: this.clock,
      timers: this.timers,
      request: (request, flow) => door.receive(request, flow),
      log,
    })
  }

  get layer(): TransactionLayer {
    return this.#layer
  }
  get listening(): SipListener[] {
    return this.#transports.listening
  }

  call(request: OutgoingRequest): SipCall {
    if (this.#stopping) fail('SHUTTING_DOWN')
    const call = new Outgoing(this, request)
    this.begun(call)
    call.start()
    return call
  }

  register(registration: Registration): () => Promise<void> {
    if (this.#stopping) fail('SHUTTING_DOWN')
    const { registrar } = registration
    const client = new RegistrationClient(
      {
        layer: this.#layer,
        clock: this.clock,
        userAgent: this.userAgent,
        contact: (user) => this.contact(registrar.transport, registrar.host, user),
      },
      registration,
    )
    this.#registrations.add(client)
    client.start()
    return () => {
      this.#registrations.delete(client)
      return client.stop()
    }
  }

  ping(target: SipTarget): Promise<number> {
    const own = this.contact(target.transport, target.host, 'yilu')
    const host = 'host' in own.uri ? own.uri.host : 'localhost'
    const request = createRequest({
      method: 'OPTIONS',
      uri: sipUri({ host: target.host, port: target.port }),
      from: nameAddr(sipUri({ user: 'yilu', host }), { params: { tag: newTag() } }),
      to: nameAddr(sipUri({ host: target.host })),
      callId: newCallId(host),
      seq: 1,
      contact: [own],
      headers: { accept: 'application/sdp', 'user-agent': this.userAgent },
    })
    return new Promise((resolve) => {
      this.#layer.send(request, target, {
        response: ({ status }) => {
          if (status >= 200) resolve(status)
        },
        timeout: () => resolve(408),
        unreachable: () => resolve(408),
      })
    })
  }

  bindings(extension: string): SipBinding[] {
    return this.#registrar.bindings(extension)
  }

  stats(): SipStats {
    const { received, malformed, retransmitted, count } = this.#layer
    return {
      calls: this.#calls.size,
      dialogs: this.#dialogs.size,
      transactions: count,
      registrations: this.#registrar.count,
      received,
      malformed,
      retransmitted,
    }
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#stop()
    return this.#stopped
  }

  async #stop(): Promise<void> {
    this.#stopping = true
    for (const client of this.#registrations) void client.stop()
    for (const call of [...this.#calls]) call.hangUp({ status: 503, reason: 'shutting down' })
    // long enough for a lost BYE to be sent again, short enough for a restart
    await this.#layer.settled(Math.min(2000, lifeOf(this.timers)))
    this.#layer.stop()
    await this.#transports.close()
  }

  contact(transport: SipListener['transport'], peerAddress: string, user: string) {
    const { host, port } = this.#transports.sentBy(transport, peerAddress)
    const params: Record<string, string> = transport === 'udp' ? {} : { transport }
    return nameAddr(sipUri({ user, host, port, params }))
  }

  isBinding(address: string, port: number): boolean {
    return this.#registrar.isBinding(address, port)
  }

  addDialog(dialog: Dialog, call: Call): void {
    this.#dialogs.set(dialog.key, { dialog, call })
  }
  removeDialog(dialog: Dialog): void {
    this.#dialogs.delete(dialog.key)
  }
  callWith(key: string): Call | undefined {
    return this.#dialogs.get(key)?.call
  }
  begun(call: Call): void {
    this.#calls.add(call)
  }
  gone(call: Call): void {
    this.#calls.delete(call)
  }
  log(event: string, detail: Record<string, string | number>): void {
    this.#options.log?.(event, detail)
  }
}
