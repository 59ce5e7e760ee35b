import type { Dialog } from '../dialog/dialog.ts'
import { createResponse, newTag, type Content, type SipRequest } from '../message/message.ts'
import type { CallEnd, Party, SipCall } from '../sip-engine.ts'
import type { ServerTransaction } from '../transaction/server-transaction.ts'
import { fail } from '../../../gateway/errors.ts'
import type { Accepted } from './accepted.ts'
import type { CallHost } from './call-host.ts'
import { requestInDialog, type Credentials } from './request-in-dialog.ts'
import { Reoffers } from './reoffers.ts'

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
  credentials: Credentials | undefined
  /** the description we sent last: a refresh repeats it (RFC 4028 §7.4) */
  localSdp: string | undefined
  /** 2xx of ours that wait for ACK, the initial one and those of re-INVITEs */
  readonly unacknowledged: Accepted[] = []
  /** an offer of theirs that we have not answered */
  answering = false
  readonly reoffers: Reoffers

  constructor(host: CallHost) {
    this.host = host
    this.reoffers = new Reoffers(this)
  }

  /** Ends an unanswered call the way its direction does. */
  protected abstract giveUp(options: { status?: number; reason?: string }): void

  /** The other end said BYE in this dialog. */
  abstract ended(dialog: Dialog, reason?: string): void

  /** an offer of ours is on its way and unanswered: in re-INVITE or the first INVITE */
  get offering(): boolean {
    return this.reoffers.pending
  }

  get over(): boolean {
    return this.state === 'ended'
  }

  async reoffer(sdp: string): Promise<string> {
    return this.reoffers.send(sdp)
  }

  async refer(_uri: string, _options?: { replaces?: SipCall }): Promise<number> {
    return fail('NO_CALL')
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
    this.reoffers.stop()
    this.host.gone(this)
    const tell = this.onEnded
    // never inside the caller's own call of hangUp or refuse
    if (tell) queueMicrotask(() => this.safely(() => tell(end)))
  }

  /** BYE; not before the ACK of our 2xx came or is lost (RFC 3261 §15). */
  bye(reason?: string): void {
    if (this.unacknowledged.length || !this.dialog) return
    const { dialog } = this
    void requestInDialog(this, dialog, 'BYE', {
      headers: reason ? { reason: `SIP;cause=200;text="${reason.replace(/["\\]/g, '')}"` } : {},
    }).then(() => this.host.removeDialog(dialog))
  }

  /** The signalling failed: the other end is told with BYE, we with `fault`. */
  fault(status: number, reason: string): void {
    if (this.over) return
    const answered = this.state === 'answered'
    this.finish({ by: 'fault', status, reason, outcome: answered ? 'answered' : 'failed' })
    this.bye(reason)
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

  /** Runs a handler of the call's owner; what it throws is logged and stays there. */
  safely<T>(run: () => T): T | undefined {
    try {
      return run()
    } catch (error) {
      this.host.log('call handler failed', { error: String(error) })
      return undefined
    }
  }
}
