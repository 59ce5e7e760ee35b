import type { Codec, HoldDirection } from '../media.ts'

/** Our end of a session, as the worker that owns the sockets knows it. */
export interface LocalMedia {
  /** IPv4 or IPv6 address told to the other end */
  address: string
  rtpPort: number
  /** undefined: only one port is bound, RTCP is possible by rtcp-mux alone */
  rtcpPort?: number
  /** whether RTP and RTCP may share a port (RFC 5761) */
  rtcpMux: boolean
  /** in order of preference */
  codecs: Codec[]
  /** payload type of telephone-event in our offers, usually 101 */
  telephoneEvent: number
  /** what we like to receive; 20 */
  ptimeMs: number
  /** what we want: 'sendonly' puts the other end on hold */
  direction: HoldDirection
  /** origin line (RFC 4566 §5.2): digits, the same for the whole call */
  sessionId: string
  /** raised by one for each description that differs from the last (RFC 3264 §8) */
  sessionVersion: number
}

export interface Endpoint {
  address: string
  port: number
}

/** What both ends agreed on, as the sender and receiver of RTP need it. */
export interface NegotiatedMedia {
  /** where they say RTP goes; symmetric RTP may find out better. Address 0.0.0.0 or ::, or port 9: nowhere yet */
  remoteRtp: Endpoint
  /** the same as `remoteRtp` with rtcp-mux */
  remoteRtcp: Endpoint
  rtcpMux: boolean
  /** what we send */
  codec: Codec
  payloadType: number
  /** every payload type we must understand */
  accept: Map<number, Codec>
  /** keys by RFC 4733, if agreed: the type to send with and those to listen to */
  telephoneEvent?: { send: number; accept: number[] }
  /** length of the packets we send: 20, 40 or 60, what the other end asks for as near as that goes */
  ptimeMs: number
  /** as they said it: 'sendonly' or 'inactive' means they hold us */
  theirDirection: HoldDirection
  /** what remains for us after theirs and ours */
  direction: HoldDirection
  /** all m= lines in order, to be kept in later offers (RFC 3264 §8) */
  mLines: MLine[]
  /** ours among them */
  index: number
}

/** An m= line as text. */
export interface MLine {
  type: string
  port: number
  protocol: string
  payloads: string
}
