/**
 * The seam between calls and signalling. The own stack of this room fulfils it; another one (drachtio) could.
 * It knows SDP only as text: who agrees on what is the media's business.
 */

export interface SipEngine {
  /** where it listens, told to peers in Via and Contact */
  readonly listening: SipListener[]
  /** a new INVITE that `policy` let in; unset: 503 */
  onCall?: (call: IncomingCall) => void
  /** Sends an INVITE. The call's handlers must be set in the same tick. */
  call(request: OutgoingRequest): SipCall
  /** Keeps this binding registered (RFC 3261 §10) until the returned function is called. */
  register(registration: Registration): () => Promise<void>
  /** OPTIONS to a peer (RFC 3261 §11). @returns the status, or 408 when nothing came back */
  ping(target: SipTarget): Promise<number>
  /** where a phone of ours (extension) is to be reached now, newest first; empty: not registered */
  bindings(extension: string): SipBinding[]
  stats(): SipStats
  /** No new calls (503, Retry-After), those in progress get BYE or CANCEL, then the sockets close. */
  stop(): Promise<void>
}

export type SipTransport = 'udp' | 'tcp' | 'tls'
export interface SipListener {
  transport: SipTransport
  host: string
  port: number
}
export interface SipTarget {
  host: string
  port: number
  transport: SipTransport
}

/** A telephone number or extension with the name shown beside it. */
export interface Party {
  /** user part of the URI as it came: '+8613900000000', '12301', '801' */
  number: string
  name?: string
}

/** Who sends a request, as the policy found out. */
export type Peer = { kind: 'trunk'; id: string } | { kind: 'extension'; id: string }

/** Everything the stack asks of the rest: who may come in, and with which secrets. */
export interface SipPolicy {
  realm: string
  /** a trunk known by its address; only its source address is looked at */
  peerByAddress(address: string): Peer | undefined
  /** digest secrets of a trunk or an extension, as H(user:realm:password); undefined: no such user */
  credentials(userName: string): DigestSecret | undefined
  /** asked for each new call; a refusal becomes 503 with Retry-After */
  admit(): { ok: true } | { ok: false; retryAfterSeconds: number }
}
export interface DigestSecret {
  peer: Peer
  md5: string
  sha256: string
}

export interface SipCall {
  readonly id: string
  readonly direction: 'in' | 'out'
  readonly remote: Party
  readonly local: Party
  readonly callId: string
  state: 'calling' | 'ringing' | 'answered' | 'ended'
  /**
   * The other end proposes a session (re-INVITE or UPDATE; undefined: it asks us to propose one).
   * Answer with SDP; throwing becomes 488.
   */
  onOffer?: (sdp: string | undefined) => Promise<string>
  /** the answer to an offer that we were asked for (late offer: it came in ACK or PRACK) */
  onAnswer?: (sdp: string) => void
  /** outgoing: 18x arrived; with SDP it is early media */
  onProgress?: (status: number, sdp: string | undefined) => void
  /** outgoing: 200 arrived and was acknowledged; incoming: ACK arrived */
  onAnswered?: (sdp: string | undefined) => void
  /** INFO with a key (application/dtmf-relay or application/dtmf) */
  onDigit?: (digit: string) => void
  /**
   * The other end asks to be connected to somebody else; resolve false to decline (603), true to accept (202),
   * within a few seconds. `notify` then tells it how the new call fares; the first status from 200 on is the last.
   */
  onRefer?: (refer: {
    to: Party
    uri: string
    /** value for a Replaces header of the new call (RFC 3891) */
    replaces?: string
    notify: (status: number, reason?: string) => void
  }) => Promise<boolean>
  /** the call is over, however it ended; called once */
  onEnded?: (end: CallEnd) => void
  /** Proposes a new session by re-INVITE; waits its turn when both ends ask at once (491). @returns their answer */
  reoffer(sdp: string): Promise<string>
  /** Asks the other end to call somebody else (REFER). @returns the final status it reports */
  refer(uri: string, options?: { replaces?: SipCall }): Promise<number>
  /** BYE, CANCEL, or a refusal with 603, whichever fits; `status` for an incoming call not yet answered */
  hangUp(options?: { status?: number; reason?: string }): void
}

export interface IncomingCall extends SipCall {
  readonly direction: 'in'
  readonly peer: Peer
  readonly source: SipTarget
  /** their offer; undefined: late offer, `answer` sends ours and `onAnswer` gets theirs */
  readonly offer: string | undefined
  /**
   * headers a carrier may add, lower-case names: history-info, diversion, p-asserted-identity, user-agent …;
   * from, to and max-forwards too
   */
  readonly headers: ReadonlyMap<string, string[]>
  /** a call of ours that this one shall take the place of (RFC 3891); it ends when this one is answered */
  readonly replaces?: SipCall
  /** 180, or 183 with early media; sent reliably (100rel) where the other end requires it */
  ring(sdp?: string): Promise<void>
  /** 200; resolves when ACK came, rejects when it never does */
  answer(sdp: string): Promise<void>
  /** any final refusal; 302 with `contact`, 503 with `retryAfterSeconds` */
  refuse(
    status: number,
    options?: { reason?: string; contact?: string; retryAfterSeconds?: number },
  ): void
}

export interface CallEnd {
  /** who ended it; `fault`: the signalling failed (timeout, session timer, transport) */
  by: 'us' | 'them' | 'fault'
  /** final SIP status where the call never was answered; 200 after a BYE */
  status: number
  /** Reason header (RFC 3326) or phrase, for people */
  reason?: string
  /** what the status means to a person who called out */
  outcome?: CallOutcome
}
/** Told apart by signalling alone. */
export type CallOutcome =
  'answered' | 'busy' | 'noAnswer' | 'declined' | 'unknownNumber' | 'unavailable' | 'failed'

export interface OutgoingRequest {
  /** request URI, e.g. sip:13900000000@10.0.0.1 */
  uri: string
  /** where the packets go, when not to the URI's host (outbound proxy, a registered binding) */
  target?: SipTarget
  from: Party
  to: Party
  sdp: string
  /** domain of From; default: the URI's host with credentials, else our own address */
  fromHost?: string
  /** of the call this one continues, less one, so that calls sent in a circle end (RFC 7332); default 70 */
  maxForwards?: number
  /** digest as client */
  credentials?: { userName: string; password: string }
  /** CANCEL after that long without an answer; default 60 s */
  ringMs?: number
  headers?: Record<string, string>
}

export interface Registration {
  registrar: SipTarget
  /** address of record, sip:user@domain */
  aor: string
  credentials: { userName: string; password: string }
  expiresSeconds: number
  onState: (state: RegistrationState) => void
}
export type RegistrationState =
  | { state: 'registering' }
  | { state: 'registered'; untilMs: number }
  | { state: 'failed'; status: number; reason: string; retryAtMs: number }

export interface SipBinding {
  uri: string
  target: SipTarget
  untilMs: number
  userAgent?: string
}

export interface SipStats {
  calls: number
  dialogs: number
  transactions: number
  registrations: number
  /** since the start */
  received: number
  malformed: number
  retransmitted: number
}
