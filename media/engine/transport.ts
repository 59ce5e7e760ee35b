import type { RtpPacket } from './rtp-packet.ts'

/** What carries a leg's packets: UDP (rtp-transport.ts) or a peer connection (media/webrtc). */
export interface Transport {
  /** false: nobody to send to yet, or no longer */
  readonly ready: boolean
  send(packet: RtpPacket): void
  close(): void
}
