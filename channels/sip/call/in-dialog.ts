import { createResponse, type SipRequest } from '../message/message.ts'
import type { Dialog } from '../dialog/dialog.ts'
import type { Flow } from '../transport/flow.ts'
import type { ServerTransaction } from '../transaction/server-transaction.ts'
import { Accepted } from './accepted.ts'
import { mediaType, SDP, sdpOf } from './body.ts'
import type { Call } from './call.ts'
import { ALLOW, KNOWN_METHODS, SUPPORTED } from './capabilities.ts'
import { digitOfInfo } from './dtmf-info.ts'
import { receiveRefer } from './refer.ts'
import { reasonOf } from './reason.ts'
import { intervalAsServer } from './session-interval.ts'

/** A request of the other end within a dialog of ours (RFC 3261 §12.2.2). */
export function receiveInDialog(call: Call, dialog: Dialog, request: SipRequest, flow: Flow): void {
  if (request.method === 'ACK') return call.acknowledge(request)
  const transaction = call.host.layer.serve(request, flow)
  if (!dialog.inOrder(request)) return call.respond(transaction, 500)
  if (call.over && request.method !== 'BYE') return call.respond(transaction, 481)
  switch (request.method) {
    case 'BYE':
      return bye(call, dialog, transaction)
    case 'INVITE':
    case 'UPDATE':
      return call.safely(() => offered(call, dialog, transaction))
    case 'PRACK':
      return call.safely(() => prack(call, dialog, transaction))
    case 'REFER':
      if (call.state !== 'answered') return call.respond(transaction, 481)
      return call.safely(() => receiveRefer(call, transaction))
    case 'NOTIFY':
      return call.respond(transaction, call.referrals.notified(request))
    case 'INFO':
      return info(call, transaction)
    case 'OPTIONS':
      return call.respond(transaction, 200, { headers: { allow: ALLOW, supported: SUPPORTED } })
    default:
      return call.respond(transaction, KNOWN_METHODS.has(request.method) ? 405 : 501, {
        headers: { allow: ALLOW },
      })
  }
}

function bye(call: Call, dialog: Dialog, transaction: ServerTransaction): void {
  const { request } = transaction
  call.respond(transaction, 200)
  call.host.removeDialog(dialog)
  if (call.over) return
  const { text } = reasonOf(request)
  call.ended(dialog, text)
}

function info(call: Call, transaction: ServerTransaction): void {
  const digit = digitOfInfo(transaction.request)
  if (digit !== undefined) {
    call.respond(transaction, 200)
    call.safely(() => call.onDigit?.(digit))
    return
  }
  // an empty INFO asks whether the call lives (RFC 2976); others carry what we do not know
  call.respond(transaction, transaction.request.body.length ? 415 : 200)
}

/** RFC 3262 §3 and §5: it may answer an offer of ours, or make one. */
async function prack(call: Call, dialog: Dialog, transaction: ServerTransaction): Promise<void> {
  const { request } = transaction
  const sdp = sdpOf(request)
  const answers = call.awaitsAnswer
  if (!call.prack(request)) return call.respond(transaction, 481)
  if (sdp === undefined) return call.respond(transaction, 200)
  if (answers) {
    call.awaitsAnswer = false
    call.respond(transaction, 200)
    call.safely(() => call.onAnswer?.(sdp))
    return
  }
  return offered(call, dialog, transaction)
}

/** re-INVITE (§14.2), UPDATE (RFC 3311 §5.2), PRACK with an offer (RFC 3262 §5) */
async function offered(call: Call, dialog: Dialog, transaction: ServerTransaction): Promise<void> {
  const { request } = transaction
  const invite = request.method === 'INVITE'
  const sdp = sdpOf(request)
  if (call.answering || call.owesAnswer)
    return call.respond(transaction, 500, { headers: { 'retry-after': retryAfter() } })
  const offers = invite || sdp !== undefined
  if (offers && call.offering) return call.respond(transaction, 491)
  if (sdp === undefined && mediaType(request)) {
    return call.respond(transaction, 415, { headers: { accept: SDP } })
  }
  const { sessionExpires: expires, minSessionExpires: min } = call.host
  const session = intervalAsServer(request, { expires, min })
  if (session === 'tooSmall')
    return call.respond(transaction, 422, { headers: { 'min-se': String(min) } })
  if (invite) transaction.respond(createResponse(request, 100))
  dialog.refresh(request)
  call.learnAllow(request)
  const content = {
    contact: [dialog.contact],
    headers: { allow: ALLOW, supported: SUPPORTED, ...session.headers },
  }
  if (request.method !== 'PRACK' && call.state === 'answered')
    call.sessionTimer.start(session.interval)
  if (!offers) return call.respond(transaction, 200, content)

  call.answering = true
  let cancelled = false
  transaction.onCancel = () => {
    cancelled = true
    call.respond(transaction, 487)
  }
  let ours: string | undefined
  try {
    ours = await call.onOffer?.(sdp)
  } catch {
    // whoever holds the media says no: 488
  }
  call.answering = false
  if (cancelled) return call.reoffers.wake()
  if (call.over || ours === undefined) {
    call.respond(transaction, call.over ? 487 : 488)
    return call.reoffers.wake()
  }
  call.localSdp = ours
  const response = createResponse(request, 200, { ...content, contentType: SDP, body: ours })
  if (!invite) {
    transaction.respond(response)
    return call.reoffers.wake()
  }
  const accepted: Accepted = new Accepted(call.host, transaction, response, {
    acknowledged: (ack) => {
      const answer = sdp === undefined ? sdpOf(ack) : undefined
      if (answer !== undefined) call.safely(() => call.onAnswer?.(answer))
      call.settle(accepted)
      // §13.3.1.4 read for re-INVITE: our offer must be answered in ACK
      if (sdp === undefined && answer === undefined) call.fault(488, 'no answer in ACK')
    },
    lost: () => {
      call.fault(408, 'no ACK')
      call.settle(accepted)
    },
  })
  call.unacknowledged.push(accepted)
}

/** RFC 3261 §14.2: between 0 and 10 seconds, by chance */
const retryAfter = (): string => String(Math.floor(Math.random() * 11))
