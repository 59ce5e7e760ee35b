import { KNOWN_METHODS, ALLOW, SUPPORTED } from './call/capabilities.ts'
import type { Call } from './call/call.ts'
import type { CallHost } from './call/call-host.ts'
import { Incoming } from './call/incoming.ts'
import { receiveInDialog } from './call/in-dialog.ts'
import { readReplaces } from './call/replaces.ts'
import { intervalAsServer } from './call/session-interval.ts'
import type { Gatekeeper } from './admission/gatekeeper.ts'
import { dialogKey, type Dialog } from './dialog/dialog.ts'
import { createResponse, tagOf, tokens, type Content, type SipRequest } from './message/message.ts'
import type { IncomingCall, Peer, SipPolicy } from './sip-engine.ts'
import type { Flow } from './transport/flow.ts'

export interface DoorOptions {
  host: CallHost
  policy: SipPolicy
  gatekeeper: Gatekeeper
  stopping(): boolean
  dialog(key: string): { dialog: Dialog; call: Call } | undefined
  register(request: SipRequest, flow: Flow, peer: Peer, userName: string): void
  onCall(): ((call: IncomingCall) => void) | undefined
}

/** Requests that belong to no transaction yet (RFC 3261 §8.2). */
export class Door {
  readonly #options: DoorOptions

  constructor(options: DoorOptions) {
    this.#options = options
  }

  receive(request: SipRequest, flow: Flow): void {
    const toTag = tagOf(request.to)
    if (toTag) return this.#inDialog(request, flow, toTag)
    switch (request.method) {
      case 'ACK':
        return // of a refusal that was not remembered
      case 'OPTIONS':
        return this.#options_(request, flow)
      case 'REGISTER':
      case 'INVITE':
        return this.#known(request, flow)
      case 'BYE':
      case 'PRACK':
      case 'UPDATE':
      case 'INFO':
      case 'NOTIFY':
      case 'REFER':
        return this.#reply(request, flow, 481)
      default:
        return this.#reply(request, flow, KNOWN_METHODS.has(request.method) ? 405 : 501, {
          headers: { allow: ALLOW },
        })
    }
  }

  #inDialog(request: SipRequest, flow: Flow, toTag: string): void {
    const key = dialogKey(request.callId, toTag, tagOf(request.from) ?? '')
    const found = this.#options.dialog(key)
    if (found) return receiveInDialog(found.call, found.dialog, request, flow)
    if (request.method !== 'ACK') this.#reply(request, flow, 481)
  }

  #options_(request: SipRequest, flow: Flow): void {
    if (this.#options.stopping()) return this.#reply(request, flow, 503)
    this.#reply(request, flow, 200, {
      headers: { allow: ALLOW, supported: SUPPORTED, accept: 'application/sdp' },
    })
  }

  #known(request: SipRequest, flow: Flow): void {
    const { host, gatekeeper } = this.#options
    const register = request.method === 'REGISTER'
    const admission = gatekeeper.admit(request, flow.address, host.clock.now(), register)
    if (admission.kind === 'ignored') return
    if (admission.kind === 'refused') return host.layer.reply(request, flow, admission.response)
    if (host.layer.isMerged(request)) return this.#reply(request, flow, 482)
    const unsupported = tokens(request, 'require').filter((option) => !SUPPORTED.includes(option))
    if (unsupported.length) return this.#reply(request, flow, 420, { headers: { unsupported } })
    if (register)
      return this.#options.register(request, flow, admission.peer, admission.userName ?? '')
    this.#invite(request, flow, admission.peer)
  }

  #invite(request: SipRequest, flow: Flow, peer: Peer): void {
    const { host, policy } = this.#options
    const onCall = this.#options.onCall()
    if (this.#options.stopping() || !onCall || host.layer.full)
      return this.#reply(request, flow, 503, { headers: { 'retry-after': '10' } })
    const admitted = policy.admit()
    if (!admitted.ok) {
      const seconds = String(Math.ceil(admitted.retryAfterSeconds))
      return this.#reply(request, flow, 503, { headers: { 'retry-after': seconds } })
    }
    const { sessionExpires: expires, minSessionExpires: min } = host
    const session = intervalAsServer(request, { expires, min })
    if (session === 'tooSmall')
      return this.#reply(request, flow, 422, { headers: { 'min-se': String(min) } })
    const replaces = this.#replaced(request)
    if (typeof replaces === 'number') return this.#reply(request, flow, replaces)
    const call = new Incoming(host, host.layer.serve(request, flow), { peer, session, replaces })
    host.begun(call)
    call.safely(() => onCall(call))
  }

  /** RFC 3891 §3. @returns the call to be replaced, or the status of the refusal */
  #replaced(request: SipRequest): Call | number | undefined {
    const values = request.headers.get('replaces')
    if (!values) return undefined
    const wanted = values.length === 1 ? readReplaces(values[0]!) : undefined
    if (!wanted) return 400
    const found = this.#options.dialog(wanted.key)
    if (!found) return 481
    if (found.call.over) return 603
    const { confirmed } = found.dialog
    if (confirmed && wanted.earlyOnly) return 486
    // an early dialog only where we are the caller
    return confirmed || found.call.direction === 'out' ? found.call : 481
  }

  /** Stateless: a repeated request gets the same answer once more. */
  #reply(request: SipRequest, flow: Flow, status: number, content: Content = {}): void {
    this.#options.host.layer.reply(request, flow, createResponse(request, status, content))
  }
}
