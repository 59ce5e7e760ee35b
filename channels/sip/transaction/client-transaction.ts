import { createAck, serialize, type SipRequest, type SipResponse } from '../message/message.ts'
import type { Clock } from '../timing/clock.ts'
import type { SipTimers } from '../timing/sip-timers.ts'
import { isReliable, type Flow } from '../transport/flow.ts'
import { inviteClient } from './invite-client.ts'
import { Machine, type Effects } from './machine.ts'
import { nonInviteClient } from './non-invite-client.ts'

/** What the sender of a request hears of it. Exactly one of a final response, timeout, unreachable comes. */
export interface ClientHandlers {
  response(response: SipResponse): void
  /** nobody answered for 64·T1; RFC 3261 §8.1.3.1 reads it as 408 */
  timeout(): void
  /** it could not be sent; read as 503 */
  unreachable(): void
}

/** One request of ours and its answers (RFC 3261 §17.1). */
export class ClientTransaction implements Effects {
  readonly request: SipRequest
  readonly flow: Flow
  readonly handlers: ClientHandlers
  readonly #machine: Machine
  readonly #bytes: Buffer
  readonly #ended: (transaction: ClientTransaction) => void
  readonly #resent: () => void
  #response: SipResponse | undefined
  #ack: Buffer | undefined

  constructor(options: {
    request: SipRequest
    bytes: Buffer
    flow: Flow
    clock: Clock
    timers: SipTimers
    handlers: ClientHandlers
    resent: () => void
    ended: (transaction: ClientTransaction) => void
  }) {
    this.request = options.request
    this.flow = options.flow
    this.handlers = options.handlers
    this.#bytes = options.bytes
    this.#ended = options.ended
    this.#resent = options.resent
    this.#machine = new Machine(
      options.request.method === 'INVITE' ? inviteClient : nonInviteClient,
      {
        clock: options.clock,
        timers: options.timers,
        reliable: isReliable(options.flow.transport),
        effects: this,
      },
    )
  }

  get state() {
    return this.#machine.state
  }

  start(): void {
    this.#machine.start()
    this.#write(this.#bytes)
  }

  receive(response: SipResponse): void {
    this.#response = response
    const { status } = response
    this.#machine.on(status < 200 ? '1xx' : status < 300 ? '2xx' : '3xx-6xx')
  }

  /** No more timers, nothing more is told. */
  abandon(): void {
    this.#machine.end()
  }

  deliver(): void {
    this.handlers.response(this.#response!)
  }
  resend(): void {
    this.#resent()
    this.#write(this.#bytes)
  }
  send(): void {
    // only servers send later
  }
  ack(): void {
    this.#ack ??= serialize(createAck(this.request, this.#response!))
    this.flow.send(this.#ack, () => undefined)
  }
  timeout(): void {
    this.handlers.timeout()
  }
  unreachable(): void {
    this.handlers.unreachable()
  }
  terminated(): void {
    this.#ended(this)
  }

  #write(bytes: Buffer): void {
    this.flow.send(bytes, () => this.#machine.on('transportError'))
  }
}
