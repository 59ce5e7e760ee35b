import type { SipUri, Uri } from './sip-message.ts'
import { unescapeUri, uriHeaders, userOf } from './uri.ts'

/** Parameters that must be the same in both or missing in both (RFC 3261 §19.1.4). */
const decisive = ['user', 'ttl', 'method', 'maddr', 'transport']

/** Whether two URIs mean the same (RFC 3261 §19.1.4, RFC 3966 §4): a phone that registers again is known by it. */
export function sameUri(a: Uri, b: Uri): boolean {
  if (a.scheme === 'other' || b.scheme === 'other')
    return a.scheme === 'other' && b.scheme === 'other' && a.text === b.text
  if (a.scheme === 'tel' || b.scheme === 'tel')
    return (
      a.scheme === b.scheme &&
      userOf(a).toLowerCase() === userOf(b).toLowerCase() &&
      sameParams(a, b)
    )
  return (
    a.scheme === b.scheme &&
    userOf(a) === userOf(b) &&
    unescapeUri(a.password ?? '') === unescapeUri(b.password ?? '') &&
    a.host.toLowerCase() === b.host.toLowerCase() &&
    a.port === b.port &&
    decisive.every((name) => a.params.has(name) === b.params.has(name)) &&
    sameParams(a, b) &&
    sameHeaders(a, b)
  )
}

/** of those in both; one that only one of them has does not count */
function sameParams(a: Exclude<Uri, { scheme: 'other' }>, b: typeof a): boolean {
  for (const [name, value] of a.params) {
    const other = b.params.get(name)
    if (
      other !== undefined &&
      unescapeUri(other).toLowerCase() !== unescapeUri(value).toLowerCase()
    )
      return false
  }
  return true
}

function sameHeaders(a: SipUri, b: SipUri): boolean {
  const ours = uriHeaders(a)
  const theirs = uriHeaders(b)
  if (ours.size !== theirs.size) return false
  for (const [name, value] of ours) if (theirs.get(name) !== value) return false
  return true
}
