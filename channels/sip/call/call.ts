import type { DigestClient } from '../digest/digest.ts'
import type { Dialog } from '../dialog/dialog.ts'
import {
  createResponse,
  newTag,
  quote,
  type Content,
  type SipMessage,
  type SipRequest,
} from '../message/message.ts'
import type { CallEnd, Party, SipCall } from '../sip-engine.ts'
import type { ServerTransaction } from '../transaction/server-transaction.ts'
import type { Accepted } from './accepted.ts'
import type { CallHost } from './call-host.ts'
import { Referrals } from './refer.ts'
import { Reoffers } from './reoffers.ts'
import { requestInDialog } from './request-in-dialog.ts'
import { SessionTimer } from './session-timer.ts'

/** What both directions of a call have in common once a dialog stands. */
export abstract class Call implements SipCall {
  readonly id = newTag()
  abstract readonly direction: 'in' | 'out'
  abstract readonly remote: Party
  abstract readonly local: Party
  abstract readonly callId: string
  state: SipCall['state'] = 'calling'

  onOffer?: (sdp: string | undefined) => Promise<string>
  onAnswer?: (sdp: string) => void
  onProgress?: (status: number, sdp: string | undefined) => void
  onAnswered?: (sdp: string | undefined) => void
  onDigit?: (digit: string) => void
  onRefer?: SipCall['onRefer']
  onEnded?: (end: CallEnd) => void

  readonly host: CallHost
  dialog: Dialog | undefined
  /** our account at the other end */
  digest: DigestClient | undefined
  /** methods of their Allow header */
  peerAllows: ReadonlySet<string> = new Set()
  /** REFERs of theirs so far */
  refersHeard = 0
  /** the description we sent last: a refresh repeats it (RFC 4028 §7.4) */
  localSdp: string | undefined
  /** 2xx of ours that wait for ACK, the initial one and those of re-INVITEs */
  readonly unacknowledged: Accepted[] = []
  /** an offer of ours went out in a reliable provisional response; PRACK answers it (RFC 3262 §5) */
  awaitsAnswer = false
  /** an offer of theirs that we have not answered */
  answering = false
  readonly reoffers: Reoffers
  readonly referrals: Referrals
  readonly sessionTimer: SessionTimer
  #byeReason: string | undefined
  #byeSent = false

  constructor(host: CallHost) {
    this.host = host
    this.reoffers = new Reoffers(this)
    this.referrals = new Referrals(this)
    this.sessionTimer = new SessionTimer(this)
  }

  /** Ends an unanswered call the way its direction does. */
  protected abstract giveUp(options: { status?: number; reason?: string }): void

  /** The other end said BYE in this dialog. */
  abstract ended(dialog: Dialog, reason?: string): void

  /** an offer of ours is on its way and unanswered: in re-INVITE or the first INVITE */
  get offering(): boolean {
    return this.reoffers.pending
  }

  /** their first offer waits for our answer still (RFC 3311 §5.2) */
  get owesAnswer(): boolean {
    return false
  }

  get over(): boolean {
    return this.state === 'ended'
  }

  async reoffer(sdp: string): Promise<string> {
    return this.reoffers.send(sdp)
  }

  async refer(uri: string, options: { replaces?: SipCall } = {}): Promise<number> {
    return this.referrals.send(uri, options.replaces instanceof Call ? options.replaces : undefined)
  }

  hangUp(options: { status?: number; reason?: string } = {}): void {
    if (this.over) return
    if (this.state !== 'answered') return this.giveUp(options)
    this.finish({ by: 'us', status: 200, reason: options.reason, outcome: 'answered' })
    this.bye(options.reason)
  }

  /** The call is over for whoever has it; what is left of signalling goes on behind. Said once. */
  finish(end: CallEnd): void {
    if (this.over) return
    this.state = 'ended'
    this.reoffers.wake()
    this.referrals.stop()
    this.sessionTimer.stop()
    this.host.gone(this)
    // never inside the owner's own call of hangUp, refuse or engine.call
    queueMicrotask(() => this.safely(() => this.onEnded?.(end)))
  }

  /** BYE; not before the ACK of our 2xx came or is lost (RFC 3261 §15). */
  bye(reason?: string): void {
    this.#byeReason ??= reason
    if (this.unacknowledged.length || !this.dialog || this.#byeSent) return
    this.#byeSent = true
    const { dialog } = this
    const text = this.#byeReason
    void requestInDialog(this, dialog, 'BYE', {
      headers: text ? { reason: `SIP;cause=200;text=${quote(text)}` } : {},
    }).then(() => this.host.removeDialog(dialog))
  }

  /** Another call took its place (RFC 3891 §3). */
  replaced(): void {
    if (this.over) return
    if (this.state !== 'answered') return this.giveUp({ reason: 'replaced' })
    this.finish({ by: 'them', status: 200, reason: 'replaced', outcome: 'answered' })
    this.bye('replaced')
  }

  /** The signalling failed: the other end is told with BYE, we with `fault`. */
  fault(status: number, reason: string): void {
    if (this.over) return
    const answered = this.state === 'answered'
    this.finish({ by: 'fault', status, reason, outcome: answered ? 'answered' : 'failed' })
    this.bye(reason)
  }

  /** PRACK for a reliable provisional response of ours; false: there is none (RFC 3262 §3) */
  prack(_request: SipRequest): boolean {
    return false
  }

  learnAllow(message: SipMessage): void {
    const allow = message.headers.get('allow')
    if (allow) this.peerAllows = new Set(allow.map((method) => method.toUpperCase()))
  }

  acknowledge(ack: SipRequest): void {
    const accepted = this.unacknowledged.find((a) => a.seq === ack.cseq.seq)
    accepted?.ack(ack)
  }

  settle(accepted: Accepted): void {
    const at = this.unacknowledged.indexOf(accepted)
    if (at >= 0) this.unacknowledged.splice(at, 1)
    if (this.over) this.bye()
    else this.reoffers.wake()
  }

  respond(
    transaction: ServerTransaction,
    status: number,
    content: Content & { reason?: string } = {},
  ): void {
    transaction.respond(createResponse(transaction.request, status, content))
  }

  /** Runs a handler of the call's owner; what it throws, or rejects with, is logged and stays there. */
  safely(run: () => unknown): void {
    const failed = (error: unknown): void =>
      this.host.log('call handler failed', { error: String(error) })
    try {
      const result = run()
      if (result instanceof Promise) result.catch(failed)
    } catch (error) {
      failed(error)
    }
  }
}
