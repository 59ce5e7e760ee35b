import { fail } from '../../gateway/errors.ts'
import { agree, commonOf } from './agree.ts'
import { readSession } from './read-session.ts'
import type { LocalMedia, NegotiatedMedia } from './session.ts'
import { writeSession } from './write-session.ts'

/**
 * Our answer (RFC 3264 §6): the first audio line with a codec of ours is taken, with one codec so that nobody
 * changes it in mid-call; all other lines are refused with port 0 in their places.
 * @throws YiluError BAD_SDP, NO_COMMON_CODEC
 */
export function answerOffer(
  offerSdp: string,
  local: LocalMedia,
): { sdp: string; media: NegotiatedMedia } {
  const all = readSession(offerSdp)
  for (const [index, line] of all.entries()) {
    const common = line.port === 0 ? undefined : commonOf(line, local)
    if (!common) continue
    if (!line.rtp) fail('BAD_SDP', { reason: 'c= missing or without an address' })
    const media = agree(all, index, common, local)
    const formats = [{ payloadType: media.payloadType, name: media.codec as string }]
    if (media.telephoneEvent)
      formats.push({ payloadType: media.telephoneEvent.send, name: 'telephone-event' })
    const { protocol } = line
    const { direction, rtcpMux } = media
    const sdp = writeSession(
      local,
      media.mLines.map((one, at) =>
        at === index ? { protocol, formats, direction, rtcpMux } : one,
      ),
    )
    return { sdp, media }
  }
  return fail('NO_COMMON_CODEC')
}
