import { YiluError } from '../../../gateway/errors.ts'
import type { Dialog } from '../dialog/dialog.ts'
import {
  header,
  parseNameAddr,
  formatUri,
  reasonPhrase,
  uriHeaders,
  userOf,
  type SipRequest,
  type Uri,
} from '../message/message.ts'
import type { ServerTransaction } from '../transaction/server-transaction.ts'
import type { Call } from './call.ts'
import { withoutHeaders } from '../dialog/route.ts'
import { requestInDialog } from './request-in-dialog.ts'

/** How long the outcome of a REFER is waited for: as long as a telephone may ring, and some more. */
const SUBSCRIPTION_SECONDS = 180

/** REFER of theirs: a transfer asked of us (RFC 3515; without subscription: RFC 4488). */
export async function receiveRefer(call: Call, transaction: ServerTransaction): Promise<void> {
  const { request } = transaction
  const dialog = call.dialog!
  const values = request.headers.get('refer-to') ?? []
  const address = values.length === 1 ? parseNameAddr(values[0]!) : undefined
  if (!address) return call.respond(transaction, 400, { reason: 'Refer-To missing or malformed' })
  const quiet = (header(request, 'refer-sub') ?? '').trim().toLowerCase() === 'false'
  const replaces = uriHeaders(address.uri).get('replaces')
  const progress = new ReferProgress(call, dialog, request)
  let agreed = false
  try {
    agreed =
      (await call.onRefer?.({
        to: { number: userOf(address.uri), ...(address.name && { name: address.name }) },
        uri: formatUri(plainUri(address.uri)),
        ...(replaces !== undefined && { replaces }),
        notify: (status, reason) => progress.tell(status, reason),
      })) ?? false
  } catch {
    // declined
  }
  if (!agreed || call.over) return call.respond(transaction, call.over ? 481 : 603)
  call.respond(transaction, 202, {
    contact: [dialog.contact],
    ...(quiet && { headers: { 'refer-sub': 'false' } }),
  })
  if (!quiet) progress.begin()
}

/** NOTIFYs with what became of the transfer (RFC 3515 §2.4.4). */
class ReferProgress {
  readonly #call: Call
  readonly #dialog: Dialog
  readonly #event: string
  #begun = false
  #done = false
  #early: [number, string | undefined] | undefined
  #last: Promise<unknown> = Promise.resolve()

  constructor(call: Call, dialog: Dialog, refer: SipRequest) {
    this.#call = call
    this.#dialog = dialog
    // §2.4.6: the first REFER of a dialog needs no id, and some phones know none
    this.#event = call.refersHeard++ ? `refer;id=${refer.cseq.seq}` : 'refer'
  }

  begin(): void {
    this.#begun = true
    if (this.#early) this.tell(...this.#early)
    else this.#notify(100, 'Trying')
  }

  tell(status: number, reason?: string): void {
    if (!this.#begun) {
      this.#early = [status, reason]
      return
    }
    if (this.#done || this.#call.over) return
    this.#done = status >= 200
    this.#notify(status, reason ?? reasonPhrase(status))
  }

  #notify(status: number, reason: string): void {
    const state =
      status < 200 ? `active;expires=${SUBSCRIPTION_SECONDS}` : 'terminated;reason=noresource'
    // in order: a NOTIFY that overtakes another tells the wrong end
    this.#last = this.#last.then(() =>
      requestInDialog(this.#call, this.#dialog, 'NOTIFY', {
        contact: [this.#dialog.contact],
        headers: { event: this.#event, 'subscription-state': state },
        contentType: 'message/sipfrag;version=2.0',
        body: `SIP/2.0 ${status} ${reason.replace(/[\r\n]/g, ' ')}\r\n`,
      }),
    )
  }
}

/** REFERs of ours and what their NOTIFYs say. */
export class Referrals {
  readonly #call: Call
  #waiting: ((status: number) => void) | undefined

  constructor(call: Call) {
    this.#call = call
  }

  /**
   * @returns the final status the other end reports: of the REFER if refused, else of its own call; 202 when
   * it hung up, or said nothing for three minutes, without telling
   */
  async send(uri: string, replaces?: Call): Promise<number> {
    const call = this.#call
    const { dialog } = call
    if (!dialog || call.state !== 'answered' || this.#waiting) throw new YiluError('NO_CALL')
    const told = new Promise<number>((resolve) => (this.#waiting = resolve))
    const referTo = replaces?.dialog ? withReplaces(uri, replaces.dialog) : uri
    const { status, response } = await requestInDialog(call, dialog, 'REFER', {
      contact: [dialog.contact],
      headers: { 'refer-to': `<${referTo}>`, 'referred-by': `<${formatUri(dialog.local.uri)}>` },
    })
    if (status >= 300) this.#tell(status)
    else if ((response && header(response, 'refer-sub')?.trim().toLowerCase()) === 'false')
      this.#tell(202)
    const limit = call.host.clock.after(SUBSCRIPTION_SECONDS * 1000, () => this.#tell(202))
    const final = await told
    limit.cancel()
    return final
  }

  /** NOTIFY within the call. @returns the status to answer with */
  notified(request: SipRequest): number {
    const event = (header(request, 'event') ?? '').split(';', 1)[0]!.trim()
    if (event.toLowerCase() !== 'refer') return 489
    if (!this.#waiting) return 481
    const line = request.body.toString('latin1', 0, Math.min(request.body.length, 64))
    const status = Number(/^SIP\/2\.0 (\d{3})/.exec(line)?.[1] ?? 0)
    const over = /^\s*terminated/i.test(header(request, 'subscription-state') ?? '')
    if (status >= 200) this.#tell(status)
    else if (over) this.#tell(202)
    return 200
  }

  stop(): void {
    this.#tell(202)
  }

  #tell(status: number): void {
    const tell = this.#waiting
    this.#waiting = undefined
    tell?.(status)
  }
}

/** RFC 3891 §6: the tags as the one who gets the INVITE sees them: its own is our remote one. */
function withReplaces(uri: string, { callId, localTag, remoteTag }: Dialog): string {
  const value = `${callId};to-tag=${remoteTag};from-tag=${localTag}`
  return `${uri}${uri.includes('?') ? '&' : '?'}Replaces=${encodeURIComponent(value)}`
}

function plainUri(uri: Uri): Uri {
  return uri.scheme === 'sip' || uri.scheme === 'sips' ? withoutHeaders(uri) : uri
}
