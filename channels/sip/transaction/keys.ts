import { branchOf, type SipRequest, type SipResponse } from '../message/message.ts'

/** RFC 3261 §17.1.3: a response belongs to the request with its branch and method. */
export function clientKey(message: SipRequest | SipResponse): string {
  return `${message.via[0] ? (branchOf(message.via[0]) ?? '') : ''}|${message.cseq.method}`
}

/**
 * RFC 3261 §17.2.3: branch, sent-by and method name a transaction; ACK and CANCEL look for that of their
 * INVITE. Without the cookie (RFC 2543 peers) what repeats unchanged does: Call-ID, CSeq and From tag.
 */
export function serverKey(request: SipRequest, method = request.method): string {
  const via = request.via[0]!
  const branch = branchOf(via)
  const named = method === 'ACK' ? 'INVITE' : method
  if (branch?.startsWith('z9hG4bK')) return `${branch}|${via.host}:${via.port ?? ''}|${named}`
  return `${request.callId}|${request.cseq.seq}|${request.from.params.get('tag') ?? ''}|${named}`
}

/** RFC 3261 §8.2.2.2: the same request that came along two paths has this in common. */
export function mergedKey(request: SipRequest): string {
  return `${request.from.params.get('tag') ?? ''}|${request.callId}|${request.cseq.seq}|${request.method}`
}
