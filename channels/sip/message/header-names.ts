/** Compact forms (RFC 3261 §7.3.3 and the IANA registry). */
const compact: Record<string, string> = {
  a: 'accept-contact',
  b: 'referred-by',
  c: 'content-type',
  d: 'request-disposition',
  e: 'content-encoding',
  f: 'from',
  i: 'call-id',
  j: 'reject-contact',
  k: 'supported',
  l: 'content-length',
  m: 'contact',
  o: 'event',
  r: 'refer-to',
  s: 'subject',
  t: 'to',
  u: 'allow-events',
  v: 'via',
  x: 'session-expires',
  y: 'identity',
}

/** Names whose usual spelling is not the capital after each hyphen. */
const written = new Map(
  [
    'Call-ID',
    'CSeq',
    'MIME-Version',
    'RAck',
    'RSeq',
    'WWW-Authenticate',
    'Min-SE',
    'SIP-ETag',
    'SIP-If-Match',
  ].map((name) => [name.toLowerCase(), name]),
)

/** Headers whose values may share a line with commas between them. All others are kept line by line. */
const lists = new Set([
  'accept',
  'accept-contact',
  'accept-encoding',
  'accept-language',
  'alert-info',
  'allow',
  'allow-events',
  'call-info',
  'content-encoding',
  'content-language',
  'diversion',
  'error-info',
  'history-info',
  'in-reply-to',
  'p-asserted-identity',
  'p-preferred-identity',
  'path',
  'proxy-require',
  'reason',
  'reject-contact',
  'require',
  'service-route',
  'supported',
  'unsupported',
  'warning',
])

/** Long lower-case name of a header as it came. */
export function headerKey(name: string): string {
  const lower = name.toLowerCase()
  return lower.length === 1 ? (compact[lower] ?? lower) : lower
}

export function isListHeader(key: string): boolean {
  return lists.has(key)
}

/** The spelling on the wire; memory is bounded because only known names are remembered. */
export function headerName(key: string): string {
  return written.get(key) ?? key.replace(/(^|-)[a-z]/g, (start) => start.toUpperCase())
}
