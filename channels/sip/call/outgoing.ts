import { DigestClient } from '../digest/digest.ts'
import { dialogAsClient, type Dialog } from '../dialog/dialog.ts'
import { targetOfUri } from '../dialog/route.ts'
import {
  createRequest,
  nameAddr,
  newCallId,
  newTag,
  numberHeader,
  parseUri,
  sipUri,
  tagOf,
  tokens,
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
import { Redirects } from './redirects.ts'
import { copyCredentials, mayTryAgain, requestInDialog } from './request-in-dialog.ts'
import { intervalAsClient } from './session-interval.ts'

const RING_MS = 60_000
const MAX_CHALLENGES = 3
/** phones that one INVITE may ring at; a peer that invents more is not followed */
const MAX_FORKS = 20
/** a day; a peer that asks for more is broken */
const MAX_SESSION_EXPIRES = 86_400

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
  /** the early dialogs of the forks, by their tags */
  readonly #early = new Map<string, Fork>()
  readonly #redirects: Redirects
  #challenges = 0
  #sessionExpires: number
  #minSe: number
  /** a description of theirs came already: a 200 without one is not a fault */
  #described = false
  /** their answer came in a reliable provisional response (RFC 3262 §5) */
  #answeredEarly = false
  /** sends the ACK of a fork's 2xx once more */
  readonly #acks = new Map<string, () => void>()

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
    this.#redirects = new Redirects(uri)
    if (request.credentials) this.digest = new DigestClient(request.credentials)
    this.#sessionExpires = host.sessionExpires
    this.#minSe = host.minSessionExpires
    this.localSdp = request.sdp
    const own = this.#contact()
    const ownHost = 'host' in own.uri ? own.uri.host : 'localhost'
    this.callId = newCallId(ownHost)
    const domain = request.fromHost ?? (request.credentials && 'host' in uri ? uri.host : ownHost)
    this.#from = nameAddr(sipUri({ user: request.from.number, host: domain }), {
      ...(request.from.name && { name: request.from.name }),
      params: { tag: newTag() },
    })
    this.#to = nameAddr('host' in uri ? sipUri({ user: request.to.number, host: uri.host }) : uri, {
      ...(request.to.name && { name: request.to.name }),
    })
  }

  override get offering(): boolean {
    const unanswered = this.state === 'calling' || this.state === 'ringing'
    return super.offering || (unanswered && !this.#answeredEarly)
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
      ...(this.#request.maxForwards !== undefined && { maxForwards: this.#request.maxForwards }),
      headers: {
        allow: ALLOW,
        supported: SUPPORTED,
        'user-agent': this.host.userAgent,
        'session-expires': String(this.#sessionExpires),
        'min-se': String(this.#minSe),
        ...this.#request.headers,
      },
      contentType: SDP,
      body: this.#request.sdp,
    })
    this.digest?.sign(invite)
    this.#pending = this.host.layer.send(invite, this.#target, {
      response: (response) => this.#response(invite, response),
      timeout: () => this.#elsewhere() || this.#failed(408, 'no answer from the peer'),
      unreachable: () => this.#elsewhere() || this.#failed(503, 'peer cannot be reached'),
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
    this.#dropEarly()
    if (this.over || this.#tryAgain(invite, response)) return
    this.#ringing?.cancel()
    this.#refused(response)
  }

  /** A refusal that says what to do instead. @returns true when another INVITE is on its way */
  #tryAgain(invite: SipRequest, response: SipResponse): boolean {
    const { status } = response
    if (status === 401 || status === 407) {
      if (++this.#challenges > MAX_CHALLENGES) return false
      if (!mayTryAgain(this.digest, { status, response }, invite)) return false
      this.#invite()
      return true
    }
    if (status === 422) {
      // RFC 4028 §7.3: not shorter than they can bear
      const least = numberHeader(response, 'min-se') ?? 0
      if (least <= this.#minSe || least > MAX_SESSION_EXPIRES) return false
      this.#minSe = least
      this.#sessionExpires = Math.max(least, this.#sessionExpires)
      this.#invite()
      return true
    }
    if (status < 400) this.#redirects.add(response)
    // busy or declined everywhere means everywhere (§21.6); else the next of the addresses a 3xx named
    return status < 600 && this.#elsewhere()
  }

  #elsewhere(): boolean {
    const next = this.over ? undefined : this.#redirects.next()
    if (!next) return false
    this.#uri = next.uri
    this.#target = next.target
    this.#invite()
    return true
  }

  #progress(invite: SipRequest, response: SipResponse): void {
    this.#provisional = true
    if (this.#cancelled) return this.#sendCancel()
    if (this.over || this.state === 'answered' || response.status === 100) return
    if (!this.#early.has(tagOf(response.to) ?? '') && this.#early.size >= MAX_FORKS) return
    if (tagOf(response.to)) {
      const fork = this.#forkOf(invite, response)
      if (!this.#pracked(fork, response)) return
    }
    this.learnAllow(response)
    this.state = 'ringing'
    const sdp = sdpOf(response)
    if (sdp !== undefined) this.#described = true
    this.safely(() => this.onProgress?.(response.status, sdp))
  }

  /**
   * PRACK for a reliable response (RFC 3262 §4).
   * @returns false when it is a repetition or came too early: it must not be acted on
   */
  #pracked(fork: Fork, response: SipResponse): boolean {
    const rseq = numberHeader(response, 'rseq')
    if (rseq === undefined || !tokens(response, 'require').includes('100rel')) return true
    if (fork.rseq !== undefined && rseq !== fork.rseq + 1) return false
    fork.rseq = rseq
    fork.dialog.refresh(response)
    const rack = `${rseq} ${response.cseq.seq} ${response.cseq.method}`
    if (sdpOf(response) !== undefined) this.#answeredEarly = true
    void requestInDialog(this, fork.dialog, 'PRACK', { headers: { rack } })
    return true
  }

  #accepted(invite: SipRequest, response: SipResponse): void {
    const tag = tagOf(response.to) ?? ''
    const repeated = this.#acks.get(tag)
    if (repeated) return repeated()
    const { dialog } = this.#forkOf(invite, response)
    dialog.refresh(response)
    dialog.routeSet = [...response.recordRoute].reverse() // §13.2.2.4: computed anew from the 2xx
    dialog.confirmed = true
    const ack = copyCredentials(invite, dialog.request('ACK', {}, invite.cseq.seq))
    this.#acks.set(tag, this.host.layer.sendAck(ack, dialog.hop() ?? this.#target))
    this.#early.delete(tag)
    if (this.over || this.dialog) return this.#unwanted(dialog)
    this.#ringing?.cancel()
    this.dialog = dialog
    this.#dropEarly()
    this.learnAllow(response)
    this.state = 'answered'
    const sdp = sdpOf(response)
    if (sdp === undefined && !this.#described) return this.fault(488, 'answered without SDP')
    this.sessionTimer.start(intervalAsClient(response))
    this.safely(() => this.onAnswered?.(sdp))
    this.reoffers.wake()
  }

  /** A 2xx nobody waits for: after CANCEL, or a second fork (§13.2.2.4). It was acknowledged; now it ends. */
  #unwanted(dialog: Dialog): void {
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

  #forkOf(invite: SipRequest, response: SipResponse): Fork {
    const tag = tagOf(response.to) ?? ''
    const known = this.#early.get(tag)
    if (known) return known
    const { flow } = this.#pending!.transaction!
    const sticky = flow.transport !== 'udp' || this.host.isBinding(flow.address, flow.port)
    const dialog = dialogAsClient(invite, response, this.#contact(), sticky ? flow : undefined)
    const fork = { dialog }
    this.#early.set(tag, fork)
    this.host.addDialog(dialog, this)
    return fork
  }

  #dropEarly(): void {
    for (const { dialog } of this.#early.values()) this.host.removeDialog(dialog)
    this.#early.clear()
  }
}

interface Fork {
  dialog: Dialog
  /** RSeq of the last reliable response */
  rseq?: number
}
