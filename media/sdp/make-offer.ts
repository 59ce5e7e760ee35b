import { offeredTypes } from './payload-types.ts'
import type { LocalMedia, NegotiatedMedia } from './session.ts'
import { writeSession } from './write-session.ts'
import type { AudioLine } from './write-session.ts'

/**
 * Our offer. `earlier` is what was agreed before in the same call: its m= lines keep their places and its
 * payload types their meaning (RFC 3264 §8).
 */
export function makeOffer(local: LocalMedia, earlier?: NegotiatedMedia): string {
  const { codecs, telephoneEvent } = offeredTypes(local, earlier)
  const ours: AudioLine = {
    protocol: earlier?.mLines[earlier.index]?.protocol ?? 'RTP/AVP',
    formats: [
      ...codecs.map(({ payloadType, codec }) => ({ payloadType, name: codec as string })),
      { payloadType: telephoneEvent, name: 'telephone-event' },
    ],
    direction: local.direction,
    rtcpMux: local.rtcpMux,
  }
  if (!earlier) return writeSession(local, [ours])
  return writeSession(
    local,
    earlier.mLines.map((line, at) => (at === earlier.index ? ours : line)),
  )
}
