import { statelessTag } from './identifiers.ts'
import { reasonPhrase } from './reason-phrases.ts'
import type { NameAddr, SipRequest, SipResponse, Uri, Via } from './sip-message.ts'

const noBody = Buffer.alloc(0)

/** What a message carries beyond what identifies it. Header names may be in any case. */
export interface Content {
  contact?: NameAddr[]
  headers?: Record<string, string | string[]>
  body?: string | Buffer
  /** of `body`; required with one */
  contentType?: string
}

export interface RequestParts extends Content {
  method: string
  uri: Uri
  from: NameAddr
  to: NameAddr
  callId: string
  /** CSeq number */
  seq: number
  /** the transaction adds the topmost one when left out */
  via?: Via[]
  route?: NameAddr[]
  maxForwards?: number
}

/** A request (RFC 3261 §8.1.1). */
export function createRequest(parts: RequestParts): SipRequest {
  return {
    kind: 'request',
    method: parts.method,
    uri: parts.uri,
    via: parts.via ?? [],
    from: parts.from,
    to: parts.to,
    callId: parts.callId,
    cseq: { seq: parts.seq, method: parts.method },
    maxForwards: parts.maxForwards ?? 70,
    contact: parts.contact ?? [],
    route: parts.route ?? [],
    recordRoute: [],
    headers: headersOf(parts),
    body: bodyOf(parts),
  }
}

/**
 * A response (RFC 3261 §8.2.6): Via, From, To, Call-ID and CSeq are the request's; To gets `toTag`, or one made
 * from the request, unless it has one already or the status is 100. Record-Route goes into what may make a
 * dialog (§12.1.1), Timestamp into 100 (§8.2.6.1).
 */
export function createResponse(
  request: SipRequest,
  status: number,
  content: Content & { reason?: string; toTag?: string } = {},
): SipResponse {
  const response: SipResponse = {
    kind: 'response',
    status,
    reason: content.reason ?? reasonPhrase(status),
    via: request.via,
    from: request.from,
    to: request.to,
    callId: request.callId,
    cseq: request.cseq,
    contact: content.contact ?? [],
    route: [],
    recordRoute: status > 100 && status < 300 ? request.recordRoute : [],
    headers: headersOf(content),
    body: bodyOf(content),
  }
  if (status > 100 && !request.to.params.has('tag')) {
    const tag = content.toTag ?? statelessTag(request)
    response.to = { ...request.to, params: new Map([...request.to.params, ['tag', tag]]) }
  }
  const timestamp = request.headers.get('timestamp')
  if (status === 100 && timestamp) response.headers.set('timestamp', timestamp)
  return response
}

/** The ACK of a final response other than 2xx (RFC 3261 §17.1.1.3): same transaction, so the same branch. */
export function createAck(invite: SipRequest, response: SipResponse): SipRequest {
  return { ...sameTransaction(invite, 'ACK'), to: response.to }
}

/** RFC 3261 §9.1: of the pending request itself, before any answer gave To a tag. */
export function createCancel(invite: SipRequest): SipRequest {
  return sameTransaction(invite, 'CANCEL')
}

function sameTransaction(request: SipRequest, method: string): SipRequest {
  return {
    kind: 'request',
    method,
    uri: request.uri,
    via: request.via.slice(0, 1),
    from: request.from,
    to: request.to,
    callId: request.callId,
    cseq: { seq: request.cseq.seq, method },
    maxForwards: 70,
    contact: [],
    route: request.route,
    recordRoute: [],
    headers: new Map(),
    body: noBody,
  }
}

function headersOf(content: Content): Map<string, string[]> {
  const headers = new Map<string, string[]>()
  for (const [name, value] of Object.entries(content.headers ?? {}))
    headers.set(name.toLowerCase(), typeof value === 'string' ? [value] : value)
  if (content.contentType) headers.set('content-type', [content.contentType])
  return headers
}

function bodyOf(content: Content): Buffer {
  if (content.body === undefined || content.body.length === 0) return noBody
  return typeof content.body === 'string' ? Buffer.from(content.body, 'utf8') : content.body
}
