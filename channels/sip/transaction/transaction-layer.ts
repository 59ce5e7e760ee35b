import {
  createCancel,
  createResponse,
  newBranch,
  parseMessage,
  serialize,
  type MalformedMessage,
  type SipRequest,
  type SipResponse,
} from '../message/message.ts'
import type { SipTarget } from '../sip-engine.ts'
import type { Clock } from '../timing/clock.ts'
import type { SipTimers } from '../timing/sip-timers.ts'
import { isReliable, type Flow } from '../transport/flow.ts'
import { DEFAULT_PORT, resolve } from '../transport/resolve.ts'
import type { Transports } from '../transport/transports.ts'
import { ClientTransaction, type ClientHandlers } from './client-transaction.ts'
import { clientKey, mergedKey, serverKey } from './keys.ts'
import { ServerTransaction } from './server-transaction.ts'

/** RFC 3261 §18.1.1: within 200 bytes of the MTU a request goes over a congestion-controlled transport. */
const MAX_UDP_REQUEST = 1300
/** 32 s of 625 calls/s with two transactions each; beyond it new calls get 503 and are not remembered. */
const MAX_SERVER_TRANSACTIONS = 40_000
/** A peer that refused TCP is not asked again for so long. */
const UDP_ONLY_MS = 10 * 60_000
const UDP_ONLY_PEERS = 1000

export interface LayerOptions {
  transports: Transports
  clock: Clock
  timers: SipTimers
  /** a new request; ACK for a 2xx comes here too. Nothing is remembered until `serve` is called. */
  request(request: SipRequest, flow: Flow): void
  log(event: string, detail: Record<string, string | number>): void
}

/** A request on its way; the transaction exists once the address of the peer is known. */
export interface Pending {
  transaction: ClientTransaction | undefined
  /** Before it was sent: never send it, nothing is told. */
  drop(): void
}

/** Finds the transaction a message belongs to and makes new ones (RFC 3261 §17 and §18). */
export class TransactionLayer {
  received = 0
  malformed = 0
  retransmitted = 0
  readonly #options: LayerOptions
  readonly #clients = new Map<string, ClientTransaction>()
  readonly #servers = new Map<string, ServerTransaction>()
  readonly #merged = new Map<string, ServerTransaction>()
  readonly #udpOnly = new Map<string, number>()

  constructor(options: LayerOptions) {
    this.#options = options
  }

  get count(): number {
    return this.#clients.size + this.#servers.size
  }
  get full(): boolean {
    return this.#servers.size >= MAX_SERVER_TRANSACTIONS
  }

  /** One message from the network. Never throws. */
  receive(bytes: Buffer, flow: Flow): void {
    this.received++
    try {
      const message = parseMessage(bytes)
      switch (message.kind) {
        case 'keepAlive':
          return
        case 'malformed':
          return this.#malformed(message, flow)
        case 'response':
          return this.#response(message)
        case 'request':
          return this.#request(message, flow)
      }
    } catch (error) {
      this.#options.log('sip handler failed', { error: (error as Error).stack ?? String(error) })
    }
  }

  /** Opens a server transaction for a request that `request` was handed. */
  serve(request: SipRequest, flow: Flow): ServerTransaction {
    const { clock, timers } = this.#options
    const merged = request.to.params.has('tag') ? undefined : mergedKey(request)
    const transaction = new ServerTransaction({
      request,
      key: serverKey(request),
      flow,
      clock,
      timers,
      ...this.#lasting(flow, portOf(request, flow), merged),
    })
    this.#servers.set(transaction.key, transaction)
    if (merged !== undefined) this.#merged.set(merged, transaction)
    return transaction
  }

  /** What a transaction keeps to its end; in a scope of its own, so that the request is not kept with it. */
  #lasting(flow: Flow, port: number, merged: string | undefined) {
    return {
      write: (bytes: Buffer, failed: () => void) => this.#write(flow, port, bytes, failed),
      resent: () => this.retransmitted++,
      ended: (ended: ServerTransaction) => {
        this.#servers.delete(ended.key)
        if (merged !== undefined && this.#merged.get(merged) === ended) this.#merged.delete(merged)
      },
    }
  }

  /** The same request already came along another path (RFC 3261 §8.2.2.2). */
  isMerged(request: SipRequest): boolean {
    return !request.to.params.has('tag') && this.#merged.has(mergedKey(request))
  }

  /** Answers and forgets: floods cost no memory (RFC 3261 §8.2.7). */
  reply(request: SipRequest, flow: Flow, response: SipResponse): void {
    this.#write(flow, portOf(request, flow), serialize(response), () => undefined)
  }

  /**
   * Sends a request by a transaction of its own; Via is written here.
   * @param to where to: an open flow, or host, port and transport
   */
  send(request: SipRequest, to: Flow | SipTarget, handlers: ClientHandlers): Pending {
    const pending: Pending = {
      transaction: undefined,
      drop: () => {
        dropped = true
        pending.transaction?.abandon()
      },
    }
    let dropped = false
    this.#find(
      to,
      (flow) => dropped || this.#start(request, flow, handlers, pending),
      () => dropped || handlers.unreachable(),
    )
    return pending
  }

  /**
   * Sends what belongs to no transaction: the ACK to a 2xx.
   * @returns sends the same bytes once more, when the 2xx is repeated
   */
  sendAck(ack: SipRequest, to: Flow | SipTarget): () => void {
    let again = (): void => undefined
    this.#find(
      to,
      (flow) => {
        this.#stamp(ack, flow)
        const bytes = serialize(ack)
        again = () => flow.send(bytes, () => undefined)
        again()
      },
      () => undefined,
    )
    return () => again()
  }

  /** CANCEL for an INVITE of ours: same branch, same road (RFC 3261 §9.1). */
  cancel(invite: ClientTransaction, reason?: string): void {
    const cancel = createCancel(invite.request)
    if (reason) cancel.headers.set('reason', [reason])
    this.#open(cancel, serialize(cancel), invite.flow, {
      response: () => undefined,
      timeout: () => undefined,
      unreachable: () => undefined,
    })
  }

  stop(): void {
    for (const transaction of [...this.#clients.values()]) transaction.abandon()
    for (const transaction of [...this.#servers.values()]) transaction.abandon()
  }

  /** Resolves when no request of ours waits for an answer, or after so many milliseconds. */
  async settled(ms: number): Promise<void> {
    const until = Date.now() + ms
    const waiting = (): boolean => {
      for (const { state } of this.#clients.values())
        if (state === 'trying' || state === 'calling' || state === 'proceeding') return true
      return false
    }
    while (waiting() && Date.now() < until) await new Promise((r) => setTimeout(r, 10))
  }

  #find(to: Flow | SipTarget, found: (flow: Flow) => void, failed: () => void): void {
    const { transports } = this.#options
    if ('send' in to) return found(to.open ? to : transports.flowTo(targetOf(to)))
    const target = resolve(to.host, to.port || undefined, to.transport)
    if (target instanceof Promise) target.then((t) => found(transports.flowTo(t)), failed)
    else found(transports.flowTo(target))
  }

  #start(request: SipRequest, flow: Flow, handlers: ClientHandlers, pending: Pending): void {
    const { transports } = this.#options
    this.#stamp(request, flow)
    let bytes = serialize(request)
    if (flow.transport === 'udp' && bytes.length > MAX_UDP_REQUEST && this.#mayUseTcp(flow)) {
      const tcp = transports.flowTo({ host: flow.address, port: flow.port, transport: 'tcp' })
      this.#stamp(request, tcp)
      bytes = serialize(request)
      pending.transaction = this.#open(request, bytes, tcp, {
        ...handlers,
        unreachable: () => {
          this.#rememberUdpOnly(flow)
          this.#start(request, flow, handlers, pending)
        },
      })
      return
    }
    pending.transaction = this.#open(request, bytes, flow, handlers)
  }

  #open(
    request: SipRequest,
    bytes: Buffer,
    flow: Flow,
    handlers: ClientHandlers,
  ): ClientTransaction {
    const { clock, timers } = this.#options
    const key = clientKey(request)
    const transaction = new ClientTransaction({
      request,
      bytes,
      flow,
      clock,
      timers,
      handlers,
      resent: () => this.retransmitted++,
      ended: () => this.#clients.delete(key),
    })
    this.#clients.set(key, transaction)
    transaction.start()
    return transaction
  }

  #stamp(request: SipRequest, flow: Flow): void {
    const { host, port } = this.#options.transports.sentBy(flow.transport, flow.address)
    request.via = [
      {
        transport: flow.transport.toUpperCase(),
        host,
        port,
        params: new Map([
          ['branch', newBranch()],
          ['rport', ''],
        ]),
      },
    ]
  }

  #mayUseTcp(flow: Flow): boolean {
    if (!this.#options.transports.has('tcp')) return false
    const since = this.#udpOnly.get(`${flow.address}:${flow.port}`)
    return since === undefined || this.#options.clock.now() - since > UDP_ONLY_MS
  }

  #rememberUdpOnly(flow: Flow): void {
    const key = `${flow.address}:${flow.port}`
    this.#udpOnly.delete(key)
    this.#udpOnly.set(key, this.#options.clock.now())
    if (this.#udpOnly.size > UDP_ONLY_PEERS)
      this.#udpOnly.delete(this.#udpOnly.keys().next().value!)
  }

  #malformed(message: MalformedMessage, flow: Flow): void {
    this.malformed++
    if (!message.request || message.request.method === 'ACK') return
    stampReceived(message.request, flow)
    this.reply(
      message.request,
      flow,
      createResponse(message.request, message.status, { reason: message.reason }),
    )
  }

  #response(response: SipResponse): void {
    this.#clients.get(clientKey(response))?.receive(response)
  }

  #request(request: SipRequest, flow: Flow): void {
    stampReceived(request, flow)
    const key = serverKey(request)
    const known = this.#servers.get(key)
    if (request.method === 'ACK') {
      if (!known?.acknowledged()) this.#options.request(request, flow)
      return
    }
    if (known) return known.repeated()
    if (request.method === 'CANCEL') return this.#cancelled(request, flow)
    this.#options.request(request, flow)
  }

  /** RFC 3261 §9.2 */
  #cancelled(cancel: SipRequest, flow: Flow): void {
    const invite = this.#servers.get(serverKey(cancel, 'INVITE'))
    if (!invite) return this.reply(cancel, flow, createResponse(cancel, 481))
    const response = createResponse(cancel, 200, invite.toTag ? { toTag: invite.toTag } : {})
    this.serve(cancel, flow).respond(response)
    if (invite.open) invite.onCancel?.(cancel)
  }

  /** RFC 3261 §18.2.2: back along the connection, or in a datagram to that port. */
  #write(flow: Flow, port: number, bytes: Buffer, failed: () => void): void {
    if (flow.open && (isReliable(flow.transport) || port === flow.port))
      return flow.send(bytes, failed)
    const target = { host: flow.address, port, transport: flow.transport }
    this.#options.transports.flowTo(target).send(bytes, failed)
  }
}

/** Where answers go: the port it came from when rport asks so (RFC 3581 §4), else that of Via. */
function portOf(request: SipRequest, flow: Flow): number {
  const via = request.via[0]!
  if (!isReliable(flow.transport) && via.params.has('rport')) return flow.port
  return via.port ?? DEFAULT_PORT[flow.transport]
}

const targetOf = (flow: Flow): SipTarget => ({
  host: flow.address,
  port: flow.port,
  transport: flow.transport,
})

/** RFC 3261 §18.2.1 and RFC 3581 §4: where it really came from. */
function stampReceived(request: SipRequest, flow: Flow): void {
  const via = request.via[0]
  if (!via) return
  const rport = via.params.has('rport')
  if (rport) via.params.set('rport', String(flow.port))
  if (rport || via.host !== flow.address) via.params.set('received', flow.address)
}
