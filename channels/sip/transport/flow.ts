import type { SipListener, SipTransport } from '../sip-engine.ts'

/** The road a message came by: answers and later requests of a phone behind NAT go back along it. */
export interface Flow {
  transport: SipTransport
  /** address and port as seen here, not as the sender believes */
  address: string
  port: number
  /** the socket of ours it came in by */
  listener: SipListener
  /** false once the connection is gone; always true for UDP */
  readonly open: boolean
  send(bytes: Uint8Array, failed: (error: Error) => void): void
}

/** UDP loses, doubles and reorders; the others do not. */
export function isReliable(transport: SipTransport): boolean {
  return transport !== 'udp'
}
