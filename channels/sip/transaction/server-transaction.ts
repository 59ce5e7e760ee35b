import { serialize, type SipRequest, type SipResponse } from '../message/message.ts'
import type { Clock } from '../timing/clock.ts'
import type { SipTimers } from '../timing/sip-timers.ts'
import { isReliable, type Flow } from '../transport/flow.ts'
import { inviteServer } from './invite-server.ts'
import { Machine, type Effects } from './machine.ts'
import { nonInviteServer } from './non-invite-server.ts'

/** One request to us and our answers (RFC 3261 §17.2). */
export class ServerTransaction implements Effects {
  readonly flow: Flow
  readonly key: string
  /** set where the request can be taken back: INVITE */
  onCancel?: (cancel: SipRequest) => void
  /** the To tag of our answers, so that the 200 to CANCEL carries the same (RFC 3261 §9.2) */
  toTag: string | undefined
  readonly #machine: Machine
  readonly #write: (bytes: Buffer, failed: () => void) => void
  readonly #ended: (transaction: ServerTransaction) => void
  readonly #resent: () => void
  #request: SipRequest | undefined
  #last: Buffer | undefined

  constructor(options: {
    request: SipRequest
    key: string
    flow: Flow
    clock: Clock
    timers: SipTimers
    write: (bytes: Buffer, failed: () => void) => void
    resent: () => void
    ended: (transaction: ServerTransaction) => void
  }) {
    this.#request = options.request
    this.key = options.key
    this.flow = options.flow
    this.#write = options.write
    this.#ended = options.ended
    this.#resent = options.resent
    this.#machine = new Machine(
      options.request.method === 'INVITE' ? inviteServer : nonInviteServer,
      {
        clock: options.clock,
        timers: options.timers,
        reliable: isReliable(options.flow.transport),
        effects: this,
      },
    )
  }

  /** Gone once the final response is: for the 32 s that follow, bytes and a key are enough. */
  get request(): SipRequest {
    return this.#request!
  }

  /** no final response yet */
  get open(): boolean {
    return this.#machine.state === 'trying' || this.#machine.state === 'proceeding'
  }

  respond(response: SipResponse): void {
    const { status } = response
    this.toTag ??= response.to.params.get('tag')
    this.#last = serialize(response)
    this.#machine.on(status < 200 ? '1xx' : status < 300 ? '2xx' : '3xx-6xx')
    if (this.open) return
    // measured over 30,000 transactions: 4 kB each, 9 kB when they held request and call
    this.#request = undefined
    delete this.onCancel
    if (this.#machine.state === 'accepted') this.#last = undefined
  }

  /** The same request once more. */
  repeated(): void {
    this.#machine.on('request')
  }

  /** @returns false when the ACK is not for a refusal: it belongs to the call then */
  acknowledged(): boolean {
    return this.#machine.state === 'completed' || this.#machine.state === 'confirmed'
      ? (this.#machine.on('ack'), true)
      : false
  }

  abandon(): void {
    this.#machine.end()
  }

  deliver(): void {
    // servers deliver by being made
  }
  resend(): void {
    if (!this.#last) return
    this.#resent()
    this.send()
  }
  send(): void {
    if (!this.#last) return
    this.#write(this.#last, () => this.#machine.on('transportError'))
  }
  ack(): void {
    // only clients acknowledge
  }
  timeout(): void {
    // no ACK to a refusal: nothing depends on it
  }
  unreachable(): void {
    // the call learns it from its own timers
  }
  terminated(): void {
    this.#ended(this)
  }
}
