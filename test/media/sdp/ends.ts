/** Our end and descriptions of other ends, for the tests of this room. */
import type { LocalMedia } from '../../../media/sdp/sdp.ts'

export function localMedia(change: Partial<LocalMedia> = {}): LocalMedia {
  return {
    address: '192.0.2.1',
    rtpPort: 20_000,
    rtcpPort: 20_001,
    rtcpMux: true,
    codecs: ['PCMA', 'PCMU'],
    telephoneEvent: 101,
    ptimeMs: 20,
    direction: 'sendrecv',
    sessionId: '4711',
    sessionVersion: 1,
    ...change,
  }
}

/** A description with the given lines after `t=`. */
export function described(...lines: string[]): string {
  return ['v=0', 'o=- 1 1 IN IP4 192.0.2.9', 's=-', 't=0 0', ...lines, ''].join('\r\n')
}

export const connection = 'c=IN IP4 192.0.2.9'

/** A phone with both G.711 and keys. */
export const phone = described(
  connection,
  'm=audio 4000 RTP/AVP 0 8 101',
  'a=rtpmap:0 PCMU/8000',
  'a=rtpmap:8 PCMA/8000',
  'a=rtpmap:101 telephone-event/8000',
  'a=fmtp:101 0-16',
  'a=ptime:20',
)

export function linesOf(sdp: string): string[] {
  return sdp.split('\r\n')
}
