import type { NameAddr, SipUri, Uri } from '../message/message.ts'
import type { SipTarget, SipTransport } from '../sip-engine.ts'

/**
 * RFC 3261 §12.2.1.1: with a loose router first, the target stays in the request line; a strict router is
 * put there itself and the target goes to the end of Route.
 */
export function routeTo(
  target: Uri,
  routeSet: NameAddr[],
): { uri: Uri; route: NameAddr[]; hop: Uri } {
  const first = routeSet[0]
  if (!first) return { uri: target, route: [], hop: target }
  if (isLoose(first.uri)) return { uri: target, route: routeSet, hop: first.uri }
  return {
    uri: plain(first.uri),
    route: [...routeSet.slice(1), { uri: target, params: new Map() }],
    hop: first.uri,
  }
}

const isLoose = (uri: Uri): boolean => uri.scheme !== 'other' && uri.params.has('lr')

/** What must not stand in a request line: headers and method (§19.1.1). */
function plain(uri: Uri): Uri {
  if (uri.scheme === 'other' || uri.scheme === 'tel') return uri
  const { headers: _headers, ...rest } = uri
  const params = new Map(uri.params)
  params.delete('method')
  return { ...rest, params }
}

/** Where the packets of a URI go; port 0: not said, ask DNS (RFC 3263). Undefined: no SIP address. */
export function targetOfUri(uri: Uri, otherwise: SipTransport = 'udp'): SipTarget | undefined {
  if (uri.scheme === 'other' || uri.scheme === 'tel') return undefined
  const named = uri.params.get('transport')?.toLowerCase()
  const transport: SipTransport =
    uri.scheme === 'sips' || named === 'tls'
      ? 'tls'
      : named === 'tcp' || named === 'udp'
        ? named
        : otherwise
  return { host: uri.params.get('maddr') ?? uri.host, port: uri.port ?? 0, transport }
}

/** A URI fit for a To or a request line. */
export function withoutHeaders(uri: SipUri): SipUri {
  return plain(uri) as SipUri
}
