import { fail } from '../../../gateway/errors.ts'
import { dialogAsServer } from '../dialog/dialog.ts'
import {
  createResponse,
  formatNameAddr,
  newTag,
  parseNameAddr,
  userOf,
  type Content,
  type NameAddr,
  type SipRequest,
  type SipResponse,
} from '../message/message.ts'
import type { IncomingCall, Party, Peer, SipTarget } from '../sip-engine.ts'
import type { ServerTransaction } from '../transaction/server-transaction.ts'
import { Accepted } from './accepted.ts'
import { SDP, sdpOf } from './body.ts'
import { Call } from './call.ts'
import type { CallHost } from './call-host.ts'
import { ALLOW, SUPPORTED } from './capabilities.ts'
import { reasonOf } from './reason.ts'

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
  readonly #transaction: ServerTransaction
  readonly #tag = newTag()

  constructor(host: CallHost, transaction: ServerTransaction, peer: Peer) {
    super(host)
    const { request, flow } = transaction
    this.#transaction = transaction
    this.peer = peer
    this.source = { host: flow.address, port: flow.port, transport: flow.transport }
    this.callId = request.callId
    this.remote = callerOf(request)
    this.local = { number: userOf(request.uri) || userOf(request.to.uri) }
    this.offer = sdpOf(request)
    this.headers = new Map([
      ...request.headers,
      ['from', [formatNameAddr(request.from)]],
      ['to', [formatNameAddr(request.to)]],
      ['max-forwards', [String(request.maxForwards ?? 70)]],
    ])
    transaction.onCancel = (cancel) => this.#cancelled(cancel)
    transaction.respond(createResponse(request, 100))
  }

  override get offering(): boolean {
    return super.offering || (this.state !== 'answered' && this.offer === undefined)
  }

  async ring(sdp?: string): Promise<void> {
    if (this.over || this.state === 'answered') fail('NO_CALL')
    this.state = 'ringing'
    this.#transaction.respond(this.#response(sdp === undefined ? 180 : 183, sdp))
  }

  async answer(sdp: string): Promise<void> {
    if (this.over || this.state === 'answered') fail('NO_CALL')
    this.state = 'answered'
    const response = this.#response(200, sdp)
    this.dialog!.confirmed = true
    this.localSdp = sdp
    await new Promise<void>((resolve, reject) => {
      const accepted: Accepted = new Accepted(this.host, this.#transaction, response, {
        acknowledged: (ack) => {
          this.settle(accepted)
          if (this.over) return reject(noCall())
          const answer = this.offer === undefined ? sdpOf(ack) : undefined
          if (answer !== undefined) this.safely(() => this.onAnswer?.(answer))
          this.safely(() => this.onAnswered?.(answer))
          resolve()
        },
        lost: () => {
          this.fault(408, 'no ACK')
          this.settle(accepted)
          reject(noCall())
        },
      })
      this.unacknowledged.push(accepted)
    })
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

  #cancelled(cancel: SipRequest): void {
    if (this.over || this.state === 'answered') return
    this.#final(487)
    const { text } = reasonOf(cancel)
    this.finish({ by: 'them', status: 487, ...(text && { reason: text }) })
  }

  #final(status: number, content: Content & { reason?: string } = {}): void {
    const { request } = this.#transaction
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

function noCall(): Error {
  try {
    return fail('NO_CALL')
  } catch (error) {
    return error as Error
  }
}

/** The number people see: of P-Asserted-Identity where the network vouches for it (RFC 3325), else From. */
function callerOf(request: SipRequest): Party {
  const { from } = request
  return partyOf(from)
}

function partyOf(address: NameAddr): Party {
  return { number: userOf(address.uri), ...(address.name && { name: address.name }) }
}
