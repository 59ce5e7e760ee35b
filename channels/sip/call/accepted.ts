import type { SipRequest, SipResponse } from '../message/message.ts'
import type { ServerTransaction } from '../transaction/server-transaction.ts'
import type { Timer } from '../timing/clock.ts'
import { lifeOf } from '../timing/sip-timers.ts'
import type { CallHost } from './call-host.ts'

/**
 * A 2xx to INVITE is repeated by the one who sent it, over every transport, until ACK comes: T1 apart at
 * first, T2 at most, for 64·T1 (RFC 3261 §13.3.1.4).
 */
export class Accepted {
  readonly seq: number
  readonly #host: CallHost
  readonly #transaction: ServerTransaction
  readonly #response: SipResponse
  readonly #acknowledged: (ack: SipRequest) => void
  readonly #lost: () => void
  readonly #until: number
  #timer: Timer | undefined
  #interval: number
  #open = true

  constructor(
    host: CallHost,
    transaction: ServerTransaction,
    response: SipResponse,
    handlers: { acknowledged: (ack: SipRequest) => void; lost: () => void },
  ) {
    this.seq = transaction.request.cseq.seq
    this.#host = host
    this.#transaction = transaction
    this.#response = response
    this.#acknowledged = handlers.acknowledged
    this.#lost = handlers.lost
    this.#interval = host.timers.t1
    this.#until = host.clock.now() + lifeOf(host.timers)
    transaction.respond(response)
    this.#arm()
  }

  get open(): boolean {
    return this.#open
  }

  ack(request: SipRequest): void {
    if (!this.#open) return
    this.stop()
    this.#acknowledged(request)
  }

  stop(): void {
    this.#open = false
    this.#timer?.cancel()
  }

  #arm(): void {
    this.#timer = this.#host.clock.after(this.#interval, () => this.#again())
  }

  #again(): void {
    if (this.#host.clock.now() >= this.#until) {
      this.stop()
      return this.#lost()
    }
    this.#host.layer.retransmitted++
    this.#transaction.respond(this.#response)
    this.#interval = Math.min(this.#interval * 2, this.#host.timers.t2)
    this.#arm()
  }
}
