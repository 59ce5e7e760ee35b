import { YiluError } from '../../../gateway/errors.ts'
import { header, type SipRequest, type SipResponse } from '../message/message.ts'
import type { ServerTransaction } from '../transaction/server-transaction.ts'
import type { Timer } from '../timing/clock.ts'
import { lifeOf } from '../timing/sip-timers.ts'
import type { CallHost } from './call-host.ts'

interface Waiting {
  seq: number
  resolve: () => void
  reject: (error: Error) => void
}

/** Provisional responses that are repeated until PRACK comes (RFC 3262 §3), one at a time. */
export class ReliableProgress {
  readonly #host: CallHost
  readonly #transaction: ServerTransaction
  #next = 1 + Math.floor(Math.random() * 2 ** 16)
  #waiting: Waiting | undefined
  #timer: Timer | undefined
  #last: Promise<void> = Promise.resolve()
  #stopped = false

  constructor(host: CallHost, transaction: ServerTransaction) {
    this.#host = host
    this.#transaction = transaction
  }

  /** @returns when PRACK came. @throws NO_CALL when it never does or the call ends before */
  send(response: SipResponse): Promise<void> {
    const sent = this.#last.then(() => this.#send(response))
    this.#last = sent.catch(() => undefined)
    return sent
  }

  /** Resolves when nothing waits for PRACK (§3: no 2xx before that). */
  settled(): Promise<void> {
    return this.#last
  }

  /** @returns false when the PRACK is for nothing we sent: 481 (§3) */
  prack(request: SipRequest): boolean {
    const [rseq, seq, method] = (header(request, 'rack') ?? '').trim().split(/\s+/)
    const waiting = this.#waiting
    if (!waiting || Number(rseq) !== waiting.seq) return false
    const { cseq } = this.#transaction.request
    if (Number(seq) !== cseq.seq || method !== 'INVITE') return false
    this.#done()
    waiting.resolve()
    return true
  }

  /** The INVITE has its final response. */
  stop(): void {
    this.#stopped = true
    const waiting = this.#waiting
    this.#done()
    waiting?.reject(new YiluError('NO_CALL'))
  }

  #send(response: SipResponse): Promise<void> {
    if (this.#stopped) return Promise.reject(new YiluError('NO_CALL'))
    const seq = this.#next++
    response.headers.set('rseq', [String(seq)])
    response.headers.set('require', ['100rel'])
    this.#transaction.respond(response)
    const { clock, timers } = this.#host
    const until = clock.now() + lifeOf(timers)
    return new Promise((resolve, reject) => {
      this.#waiting = { seq, resolve, reject }
      this.#arm(response, timers.t1, until)
    })
  }

  #arm(response: SipResponse, intervalMs: number, until: number): void {
    this.#timer = this.#host.clock.after(intervalMs, () => {
      if (this.#host.clock.now() >= until) return this.stop()
      this.#host.layer.retransmitted++
      this.#transaction.respond(response)
      this.#arm(response, intervalMs * 2, until)
    })
  }

  #done(): void {
    this.#waiting = undefined
    this.#timer?.cancel()
  }
}
