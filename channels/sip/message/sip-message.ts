/**
 * A SIP message as data (RFC 3261 §7). The headers every transaction and dialog works with are fields of their
 * own; all others, known or not, are kept as text under their long lower-case name.
 */
export type SipMessage = SipRequest | SipResponse

export interface SipRequest extends SipFields {
  kind: 'request'
  /** as it came; methods are case-sensitive */
  method: string
  uri: Uri
}

export interface SipResponse extends SipFields {
  kind: 'response'
  /** 100 … 699 */
  status: number
  reason: string
}

export interface SipFields {
  /** topmost first */
  via: Via[]
  from: NameAddr
  to: NameAddr
  callId: string
  cseq: CSeq
  /** undefined: the header was not there */
  maxForwards?: number
  contact: NameAddr[]
  /** `Contact: *` (RFC 3261 §10.2.2); `contact` is empty then */
  everyContact?: true
  /** topmost first */
  route: NameAddr[]
  /** topmost first */
  recordRoute: NameAddr[]
  /**
   * Every other header under its long lower-case name ('session-expires', never 'x'). List headers are split
   * at their commas, others hold one text per line. Content-Length is never in here: the body says it.
   */
  headers: Map<string, string[]>
  body: Buffer
}

/** Parameters by lower-case name, in order; '' where there is no value; quoted values keep their quotes. */
export type Params = Map<string, string>

export interface Via {
  /** upper case: UDP, TCP, TLS, WS, WSS or whatever came */
  transport: string
  /** IPv6 without brackets */
  host: string
  port?: number
  params: Params
}

export interface NameAddr {
  /** display name, unquoted */
  name?: string
  uri: Uri
  params: Params
  /** text of a value that could not be read; only in a malformed request that is to be answered */
  unreadable?: string
}

export interface CSeq {
  /** 0 … 2^31-1 */
  seq: number
  method: string
  /** as in NameAddr */
  unreadable?: string
}

export type Uri = SipUri | TelUri | OtherUri

export interface SipUri {
  scheme: 'sip' | 'sips'
  /** still escaped, as it came; `userOf` decodes, `sipUri` escapes */
  user?: string
  password?: string
  /** IPv6 without brackets */
  host: string
  port?: number
  params: Params
  /** what follows '?', still escaped; `uriHeaders` decodes */
  headers?: string
}

/** RFC 3966 */
export interface TelUri {
  scheme: 'tel'
  /** with its visual separators, as it came; `userOf` takes them out */
  number: string
  params: Params
}

/** Any other scheme; nothing is known of its inside. */
export interface OtherUri {
  scheme: 'other'
  text: string
}

/** What could not be parsed. */
export interface MalformedMessage {
  kind: 'malformed'
  reason: string
  /** what to answer: 400, 413, 505 … */
  status: number
  /**
   * The request with all that could be read, for `createResponse`; undefined where no answer is possible: it
   * was a response or an ACK, or its topmost Via could not be read.
   */
  request?: SipRequest
}

/** CRLFs alone keep a NAT binding open (RFC 5626 §3.5.1, RFC 3261 §7.5). */
export interface KeepAlive {
  kind: 'keepAlive'
}
