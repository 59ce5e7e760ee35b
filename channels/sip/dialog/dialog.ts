import {
  createRequest,
  tagOf,
  type Content,
  type NameAddr,
  type SipRequest,
  type SipResponse,
  type Uri,
} from '../message/message.ts'
import type { SipTarget } from '../sip-engine.ts'
import type { Flow } from '../transport/flow.ts'
import { routeTo, targetOfUri } from './route.ts'

/** What two user agents have in common (RFC 3261 §12). */
export class Dialog {
  readonly callId: string
  readonly localTag: string
  readonly remoteTag: string
  /** ours and theirs as they stand in From of what we send and in To */
  readonly local: NameAddr
  readonly remote: NameAddr
  /** where we are reached, for Contact */
  readonly contact: NameAddr
  remoteTarget: Uri
  routeSet: NameAddr[]
  localSeq: number
  remoteSeq: number | undefined
  confirmed = false
  /** the road of a peer that cannot be reached by its Contact: behind NAT, or a connection it opened */
  flow: Flow | undefined

  constructor(parts: {
    callId: string
    local: NameAddr
    remote: NameAddr
    contact: NameAddr
    remoteTarget: Uri
    routeSet: NameAddr[]
    localSeq: number
    remoteSeq?: number
    flow?: Flow | undefined
  }) {
    this.callId = parts.callId
    this.local = parts.local
    this.remote = parts.remote
    this.localTag = tagOf(parts.local) ?? ''
    this.remoteTag = tagOf(parts.remote) ?? ''
    this.contact = parts.contact
    this.remoteTarget = parts.remoteTarget
    this.routeSet = parts.routeSet
    this.localSeq = parts.localSeq
    this.remoteSeq = parts.remoteSeq
    this.flow = parts.flow
  }

  get key(): string {
    return dialogKey(this.callId, this.localTag, this.remoteTag)
  }

  /** The next request of ours (§12.2.1.1). @param seq of ACK: that of its INVITE */
  request(method: string, content: Content = {}, seq?: number): SipRequest {
    const { uri, route } = routeTo(this.remoteTarget, this.routeSet)
    return createRequest({
      method,
      uri,
      route,
      from: this.local,
      to: this.remote,
      callId: this.callId,
      seq: seq ?? ++this.localSeq,
      ...content,
    })
  }

  /** Where it goes (§8.1.2); undefined: their Contact is no SIP address. */
  hop(): Flow | SipTarget | undefined {
    if (this.flow?.open && !this.routeSet.length) return this.flow
    return targetOfUri(routeTo(this.remoteTarget, this.routeSet).hop) ?? this.flow
  }

  /** Their Contact moved (§12.2.2). */
  refresh(message: SipRequest | SipResponse): void {
    const contact = message.contact[0]
    if (contact) this.remoteTarget = contact.uri
  }

  /** @returns false when the request is older than one already seen (§12.2.2) */
  inOrder(request: SipRequest): boolean {
    if (this.remoteSeq !== undefined && request.cseq.seq <= this.remoteSeq) return false
    this.remoteSeq = request.cseq.seq
    return true
  }
}

export function dialogKey(callId: string, localTag: string, remoteTag: string): string {
  return `${callId}|${localTag}|${remoteTag}`
}

/** The dialog a request makes at the one who answers it (§12.1.1). */
export function dialogAsServer(
  request: SipRequest,
  localTag: string,
  contact: NameAddr,
  flow: Flow | undefined,
): Dialog {
  return new Dialog({
    callId: request.callId,
    local: { ...request.to, params: new Map([...request.to.params, ['tag', localTag]]) },
    remote: request.from,
    contact,
    remoteTarget: request.contact[0]?.uri ?? request.from.uri,
    routeSet: request.recordRoute,
    localSeq: 0,
    remoteSeq: request.cseq.seq,
    flow,
  })
}

/** The dialog a response makes at the one who asked (§12.1.2). */
export function dialogAsClient(
  request: SipRequest,
  response: SipResponse,
  contact: NameAddr,
  flow: Flow | undefined,
): Dialog {
  return new Dialog({
    callId: request.callId,
    local: request.from,
    remote: response.to,
    contact,
    remoteTarget: response.contact[0]?.uri ?? request.uri,
    routeSet: [...response.recordRoute].reverse(),
    localSeq: request.cseq.seq,
    flow,
  })
}
