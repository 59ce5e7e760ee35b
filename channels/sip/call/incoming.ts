import { fail, YiluError } from '../../../gateway/errors.ts'
import { dialogAsServer } from '../dialog/dialog.ts'
import {
  createResponse,
  formatNameAddr,
  newTag,
  numberHeader,
  parseNameAddr,
  tokens,
  userOf,
  type Content,
  type NameAddr,
  type SipRequest,
  type SipResponse,
} from '../message/message.ts'
import type { IncomingCall, Party, Peer, SipCall, SipTarget } from '../sip-engine.ts'
import type { ServerTransaction } from '../transaction/server-transaction.ts'
import { Accepted } from './accepted.ts'
import { SDP, sdpOf } from './body.ts'
import { Call } from './call.ts'
import type { CallHost } from './call-host.ts'
import { ALLOW, SUPPORTED } from './capabilities.ts'
import { reasonOf } from './reason.ts'
import { ReliableProgress } from './reliable-progress.ts'
import type { SessionInterval } from './session-interval.ts'
import type { Timer } from '../timing/clock.ts'

/** What the session timer of the INVITE came to (RFC 4028 §9), with the headers that say so. */
export interface AgreedSession {
  interval?: SessionInterval
  headers: Record<string, string>
}

/** An INVITE to us (RFC 3261 §13.3). */
export class Incoming extends Call implements IncomingCall {
  readonly direction = 'in'
  readonly remote: Party
  readonly local: Party
  readonly callId: string
  readonly peer: Peer
  readonly source: SipTarget
  readonly offer: string | undefined
  readonly headers: ReadonlyMap<string, string[]>
  readonly replaces?: Call
  readonly #transaction: ServerTransaction
  readonly #tag = newTag()
  readonly #reliable: ReliableProgress
  readonly #session: AgreedSession
  /** the description both know of by now; a 200 does not repeat it */
  #told = false
  #repeat: Timer | undefined
  #expires: Timer | undefined

  constructor(
    host: CallHost,
    transaction: ServerTransaction,
    options: { peer: Peer; session: AgreedSession; replaces?: Call | undefined },
  ) {
    super(host)
    const { request, flow } = transaction
    const { peer } = options
    this.#session = options.session
    this.#reliable = new ReliableProgress(host, transaction)
    if (options.replaces) this.replaces = options.replaces
    this.learnAllow(request)
    this.#transaction = transaction
    this.peer = peer
    this.source = { host: flow.address, port: flow.port, transport: flow.transport }
    this.callId = request.callId
    this.remote = partyOf(request.from)
    this.local = { number: userOf(request.uri) || userOf(request.to.uri) }
    this.offer = sdpOf(request)
    this.headers = new Map([
      ...request.headers,
      ['from', [formatNameAddr(request.from)]],
      ['to', [formatNameAddr(request.to)]],
      ['max-forwards', [String(request.maxForwards ?? 70)]],
    ])
    transaction.onCancel = (cancel) => this.#cancelled(reasonOf(cancel).text)
    const expires = numberHeader(request, 'expires')
    if (expires)
      this.#expires = host.clock.after(expires * 1000, () => this.#cancelled('invitation expired'))
    transaction.respond(createResponse(request, 100))
  }

  override get offering(): boolean {
    return (
      super.offering ||
      this.awaitsAnswer ||
      (this.state !== 'answered' && this.offer === undefined && !this.#told)
    )
  }

  override get owesAnswer(): boolean {
    return this.state !== 'answered' && this.offer !== undefined && !this.#told
  }

  ring(sdp?: string): Promise<void> {
    return seen(this.#ring(sdp))
  }

  answer(sdp: string): Promise<void> {
    return seen(this.#answer(sdp))
  }

  async #ring(sdp?: string): Promise<void> {
    if (this.over || this.state === 'answered') fail('NO_CALL')
    this.state = 'ringing'
    const response = this.#response(sdp === undefined ? 180 : 183, sdp)
    if (!tokens(this.#transaction.request, 'require').includes('100rel')) {
      this.#transaction.respond(response)
      this.#sayAgain(response)
      return
    }
    if (sdp !== undefined) {
      this.#told = true
      this.localSdp = sdp
      this.awaitsAnswer = this.offer === undefined
    }
    await this.#reliable.send(response)
  }

  async #answer(sdp: string): Promise<void> {
    if (this.over || this.state === 'answered') fail('NO_CALL')
    // RFC 3262 §3: not while a provisional response with a description waits for PRACK
    if (this.#told) {
      await this.#reliable.settled()
      if (this.over || (this.state as SipCall['state']) === 'answered') fail('NO_CALL')
    }
    this.#stopTimers()
    this.#reliable.stop()
    const response = this.#response(200, this.#told ? undefined : sdp)
    for (const [name, value] of Object.entries(this.#session.headers))
      response.headers.set(name, [value])
    this.state = 'answered'
    this.dialog!.confirmed = true
    this.localSdp = sdp
    this.sessionTimer.start(this.#session.interval)
    await this.#acknowledged(response)
  }

  #acknowledged(response: SipResponse): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      const accepted: Accepted = new Accepted(this.host, this.#transaction, response, {
        acknowledged: (ack) => {
          this.settle(accepted)
          if (this.over) return reject(new YiluError('NO_CALL'))
          const late = this.offer === undefined && !this.#told
          const answer = late ? sdpOf(ack) : undefined
          if (late && answer === undefined) {
            // §13.2.1: an offer in 200 must be answered in ACK
            this.fault(488, 'no answer in ACK')
            return reject(new YiluError('NO_CALL'))
          }
          if (answer !== undefined) this.safely(() => this.onAnswer?.(answer))
          this.safely(() => this.onAnswered?.(answer))
          resolve()
        },
        lost: () => {
          this.fault(408, 'no ACK')
          this.settle(accepted)
          reject(new YiluError('NO_CALL'))
        },
      })
      this.unacknowledged.push(accepted)
      this.replaces?.replaced()
    })
  }

  override prack(request: SipRequest): boolean {
    return this.#reliable.prack(request)
  }

  refuse(
    status: number,
    options: { reason?: string; contact?: string; retryAfterSeconds?: number } = {},
  ): void {
    if (this.over || this.state === 'answered') return
    const headers: Record<string, string> = {}
    if (options.retryAfterSeconds !== undefined)
      headers['retry-after'] = String(options.retryAfterSeconds)
    const contact = options.contact ? parseNameAddr(`<${options.contact}>`) : undefined
    this.#final(status, {
      ...(options.reason && { reason: options.reason }),
      ...(contact && { contact: [contact] }),
      headers,
    })
    this.finish({ by: 'us', status, reason: options.reason })
  }

  protected override giveUp(options: { status?: number; reason?: string }): void {
    this.refuse(options.status ?? 603, options.reason ? { reason: options.reason } : {})
  }

  override ended(_dialog: unknown, reason?: string): void {
    // BYE before our answer (RFC 3261 §15.1.2): the INVITE still wants its final response
    if (this.state !== 'answered') this.#final(487)
    for (const accepted of this.unacknowledged.splice(0)) accepted.stop()
    this.finish({ by: 'them', status: 200, ...(reason && { reason }) })
  }

  #cancelled(reason?: string): void {
    if (this.over || this.state === 'answered') return
    this.#final(487)
    this.finish({ by: 'them', status: 487, ...(reason && { reason }) })
  }

  /** §13.3.1.1: proxies forget an INVITE that says nothing for three minutes. */
  #sayAgain(response: SipResponse): void {
    this.#repeat?.cancel()
    this.#repeat = this.host.clock.after(60_000, () => {
      this.#transaction.respond(response)
      this.#sayAgain(response)
    })
  }

  #stopTimers(): void {
    this.#repeat?.cancel()
    this.#expires?.cancel()
  }

  #final(status: number, content: Content & { reason?: string } = {}): void {
    const { request } = this.#transaction
    this.#stopTimers()
    this.#reliable.stop()
    this.#transaction.respond(createResponse(request, status, { ...content, toTag: this.#tag }))
    if (this.dialog) this.host.removeDialog(this.dialog)
  }

  /** 1xx or 2xx: makes the dialog, which it names. */
  #response(status: number, sdp: string | undefined): SipResponse {
    const { request, flow } = this.#transaction
    if (!this.dialog) {
      const contact = this.host.contact(flow.transport, flow.address, this.local.number)
      const sticky = this.peer.kind === 'extension' || flow.transport !== 'udp'
      this.dialog = dialogAsServer(request, this.#tag, contact, sticky ? flow : undefined)
      this.host.addDialog(this.dialog, this)
    }
    return createResponse(request, status, {
      toTag: this.#tag,
      contact: [this.dialog.contact],
      headers: { allow: ALLOW, supported: SUPPORTED },
      ...(sdp !== undefined && { contentType: SDP, body: sdp }),
    })
  }
}

/** A rejection that the caller does not look at must not end the process. */
function seen(promise: Promise<void>): Promise<void> {
  promise.catch(() => undefined)
  return promise
}

function partyOf(address: NameAddr): Party {
  return { number: userOf(address.uri), ...(address.name && { name: address.name }) }
}
