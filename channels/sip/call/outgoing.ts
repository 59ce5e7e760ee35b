import { dialogAsClient, type Dialog } from '../dialog/dialog.ts'
import { targetOfUri } from '../dialog/route.ts'
import {
  createRequest,
  nameAddr,
  newCallId,
  newTag,
  parseUri,
  sipUri,
  tagOf,
  type NameAddr,
  type SipRequest,
  type SipResponse,
  type Uri,
} from '../message/message.ts'
import { fail } from '../../../gateway/errors.ts'
import type { OutgoingRequest, Party, SipTarget } from '../sip-engine.ts'
import type { Pending } from '../transaction/transaction-layer.ts'
import type { Timer } from '../timing/clock.ts'
import { lifeOf } from '../timing/sip-timers.ts'
import { SDP, sdpOf } from './body.ts'
import { Call } from './call.ts'
import type { CallHost } from './call-host.ts'
import { ALLOW, SUPPORTED } from './capabilities.ts'
import { outcomeOf } from './outcome.ts'
import { reasonOf } from './reason.ts'

const RING_MS = 60_000

/** An INVITE of ours (RFC 3261 §13.2). */
export class Outgoing extends Call {
  readonly direction = 'out'
  readonly remote: Party
  readonly local: Party
  readonly callId: string
  readonly #request: OutgoingRequest
  readonly #from: NameAddr
  readonly #to: NameAddr
  #uri: Uri
  #target: SipTarget
  #seq = 0
  #pending: Pending | undefined
  #provisional = false
  /** we gave up; what comes now is only tidied away */
  #cancelled = false
  #ringing: Timer | undefined
  #lastResort: Timer | undefined
  readonly #early = new Map<string, Dialog>()
  #again: (() => void) | undefined

  /** @throws BAD_NUMBER when the URI cannot be called */
  constructor(host: CallHost, request: OutgoingRequest) {
    super(host)
    const uri = parseUri(request.uri)
    const target = uri && (request.target ?? targetOfUri(uri))
    if (!uri || !target) fail('BAD_NUMBER')
    this.#uri = uri
    this.#target = target
    this.#request = request
    this.remote = request.to
    this.local = request.from
    this.credentials = request.credentials
    this.localSdp = request.sdp
    const own = this.#contact()
    const host_ = 'host' in own.uri ? own.uri.host : 'localhost'
    this.callId = newCallId(host_)
    const domain = request.credentials && 'host' in uri ? uri.host : host_
    this.#from = nameAddr(sipUri({ user: request.from.number, host: domain }), {
      ...(request.from.name && { name: request.from.name }),
      params: { tag: newTag() },
    })
    this.#to = nameAddr('host' in uri ? sipUri({ user: request.to.number, host: uri.host }) : uri, {
      ...(request.to.name && { name: request.to.name }),
    })
  }

  override get offering(): boolean {
    return super.offering || this.state === 'calling' || this.state === 'ringing'
  }

  start(): void {
    this.#ringing = this.host.clock.after(this.#request.ringMs ?? RING_MS, () =>
      this.#cancel({ by: 'us', status: 487, outcome: 'noAnswer', reason: 'no answer' }),
    )
    this.#invite()
  }

  protected override giveUp(options: { reason?: string }): void {
    this.#cancel({ by: 'us', status: 487, outcome: 'failed', ...options })
  }

  override ended(dialog: Dialog, reason?: string): void {
    if (this.state !== 'answered') {
      this.#early.delete(dialog.remoteTag)
      return
    }
    this.finish({ by: 'them', status: 200, outcome: 'answered', ...(reason && { reason }) })
  }

  #invite(): void {
    this.#provisional = false
    const invite = createRequest({
      method: 'INVITE',
      uri: this.#uri,
      from: this.#from,
      to: this.#to,
      callId: this.callId,
      seq: ++this.#seq,
      contact: [this.#contact()],
      headers: {
        allow: ALLOW,
        supported: SUPPORTED,
        'user-agent': this.host.userAgent,
        ...this.#request.headers,
      },
      contentType: SDP,
      body: this.#request.sdp,
    })
    this.#pending = this.host.layer.send(invite, this.#target, {
      response: (response) => this.#response(invite, response),
      timeout: () => this.#failed(408, 'no answer from the peer'),
      unreachable: () => this.#failed(503, 'peer cannot be reached'),
    })
  }

  #contact(): NameAddr {
    return this.host.contact(this.#target.transport, this.#target.host, this.#request.from.number)
  }

  #response(invite: SipRequest, response: SipResponse): void {
    const { status } = response
    if (invite.cseq.seq !== this.#seq) return
    if (status < 200) return this.#progress(invite, response)
    this.#lastResort?.cancel()
    if (status < 300) return this.#accepted(invite, response)
    this.#ringing?.cancel()
    this.#dropEarly()
    this.#refused(response)
  }

  #progress(invite: SipRequest, response: SipResponse): void {
    this.#provisional = true
    if (this.#cancelled) return this.#sendCancel()
    if (this.over || this.state === 'answered' || response.status === 100) return
    if (tagOf(response.to)) this.#dialogOf(invite, response)
    this.state = 'ringing'
    this.safely(() => this.onProgress?.(response.status, sdpOf(response)))
  }

  #accepted(invite: SipRequest, response: SipResponse): void {
    if (this.dialog && tagOf(response.to) === this.dialog.remoteTag) return this.#again?.()
    const dialog = this.#dialogOf(invite, response)
    dialog.refresh(response)
    dialog.routeSet = [...response.recordRoute].reverse() // §13.2.2.4: computed anew from the 2xx
    dialog.confirmed = true
    const hop = dialog.hop() ?? this.#target
    const again = this.host.layer.sendAck(dialog.request('ACK', {}, invite.cseq.seq), hop)
    const sdp = sdpOf(response)
    if (this.over || this.dialog) return this.#unwanted(dialog)
    this.#ringing?.cancel()
    this.#again = again
    this.dialog = dialog
    this.#early.delete(dialog.remoteTag)
    this.#dropEarly()
    this.state = 'answered'
    this.safely(() => this.onAnswered?.(sdp))
    this.reoffers.wake()
  }

  /** A 2xx nobody waits for: after CANCEL, or a second fork (§13.2.2.4). It was acknowledged; now it ends. */
  #unwanted(dialog: Dialog): void {
    this.#early.delete(dialog.remoteTag)
    const hop = dialog.hop()
    const tidy = (): void => this.host.removeDialog(dialog)
    if (!hop) return tidy()
    this.host.layer.send(dialog.request('BYE'), hop, {
      response: (response) => response.status >= 200 && tidy(),
      timeout: tidy,
      unreachable: tidy,
    })
  }

  #refused(response: SipResponse): void {
    if (this.over) return
    const { cause, text } = reasonOf(response)
    this.finish({
      by: 'them',
      status: response.status,
      reason: text ?? response.reason,
      outcome: outcomeOf(response.status, cause),
    })
  }

  #failed(status: number, reason: string): void {
    this.#ringing?.cancel()
    this.#lastResort?.cancel()
    this.#dropEarly()
    this.finish({ by: 'fault', status, reason, outcome: 'failed' })
  }

  #cancel(end: Parameters<Call['finish']>[0]): void {
    if (this.over || this.state === 'answered') return
    this.#cancelled = true
    this.#ringing?.cancel()
    this.finish(end)
    // §9.1: not before a provisional response; the INVITE's own timer B ends the wait for one
    if (this.#provisional) this.#sendCancel()
    else if (!this.#pending?.transaction) this.#pending?.drop()
  }

  #sendCancel(): void {
    const transaction = this.#pending?.transaction
    if (!transaction || this.#lastResort) return
    this.host.layer.cancel(transaction)
    // §9.1: no 487 within 64·T1: the transaction is over all the same
    this.#lastResort = this.host.clock.after(lifeOf(this.host.timers), () => {
      transaction.abandon()
      this.#dropEarly()
    })
  }

  #dialogOf(invite: SipRequest, response: SipResponse): Dialog {
    const tag = tagOf(response.to) ?? ''
    const known = this.#early.get(tag)
    if (known) return known
    const { flow } = this.#pending!.transaction!
    const sticky = flow.transport !== 'udp' || this.host.isBinding(flow.address, flow.port)
    const dialog = dialogAsClient(invite, response, this.#contact(), sticky ? flow : undefined)
    this.#early.set(tag, dialog)
    this.host.addDialog(dialog, this)
    return dialog
  }

  #dropEarly(): void {
    for (const dialog of this.#early.values()) this.host.removeDialog(dialog)
    this.#early.clear()
  }
}
