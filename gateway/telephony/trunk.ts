/** A line to the telephone network: a carrier, gateway, SBC or PBX that speaks SIP. */
import type { SipTransport } from '../../channels/sip/sip-engine.ts'

export interface Trunk {
  _id: string
  name: string
  /** where our requests go */
  host: string
  port: number
  transport: SipTransport
  enabled: boolean
  inbound: {
    /** addresses and CIDR ranges whose calls are let in unasked */
    byAddress: string[]
    digest?: StoredDigest
  }
  /** may be used for calling out */
  outbound: boolean
  /** who we are to the other end, when it asks (digest as client) */
  credentials?: { userName: string; sealedPassword: string }
  /** keeps us registered there, e.g. at a provider without fixed addresses */
  register?: {
    /** unset: the trunk's own host, port and transport */
    registrar?: { host: string; port: number; transport: SipTransport }
    /** address of record, sip:user@domain */
    aor: string
    expiresSeconds: number
  }
  /** numbers that may be shown when calling out; the first is the default */
  callerNumbers: string[]
  /** 0 is tried first */
  priority: number
  /** numbers that may be called, as patterns of match-number.ts; unset: all of them */
  dials?: string[]
  /** calls at once, both ways; unset: as many as there are */
  maxCalls?: number
  version: number
}

/** H(user:realm:password) of RFC 7616 §3.4.2 in both algorithms: nobody can read the password off it. */
export interface StoredDigest {
  userName: string
  md5: string
  sha256: string
}
