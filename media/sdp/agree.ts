import type { Codec } from '../media.ts'
import { meet } from './direction.ts'
import type { Format, ReadMedia } from './read-session.ts'
import type { LocalMedia, NegotiatedMedia } from './session.ts'

/** What our worker's 20 ms clock can send. */
const PTIMES_MS = [60, 40, 20]

export interface Common {
  codecs: { payloadType: number; codec: Codec }[]
  telephoneEvents: number[]
}

/** The codecs of one m= line that we can do, in the other end's order; undefined: none, or not plain RTP audio. */
export function commonOf(media: ReadMedia, local: LocalMedia): Common | undefined {
  // AVPF is AVP with feedback allowed (RFC 4585 §6.2); SAVP would need keys that signalling cannot keep secret
  if (media.type !== 'audio' || !/^RTP\/AVPF?$/i.test(media.protocol)) return undefined
  const codecs: Common['codecs'] = []
  const telephoneEvents: number[] = []
  for (const format of media.formats) {
    if (format.rate !== 8_000) continue
    const codec = local.codecs.find((one) => one === format.name)
    if (codec && format.channels === 1) codecs.push({ payloadType: format.payloadType, codec })
    if (isTelephoneEvent(format)) telephoneEvents.push(format.payloadType)
  }
  return codecs.length > 0 ? { codecs, telephoneEvents } : undefined
}

const isTelephoneEvent = (format: Format): boolean => format.name === 'TELEPHONE-EVENT'

/** Both ends' wishes put together. The addresses of `media` must be known. */
export function agree(
  all: ReadMedia[],
  index: number,
  common: Common,
  local: LocalMedia,
): NegotiatedMedia {
  const media = all[index]!
  const rtcpMux = media.rtcpMux && local.rtcpMux
  const [first] = common.codecs
  const telephoneEvent = common.telephoneEvents[0]
  return {
    remoteRtp: media.rtp!,
    remoteRtcp: rtcpMux ? media.rtp! : media.rtcp!,
    rtcpMux,
    codec: first!.codec,
    payloadType: first!.payloadType,
    accept: new Map(common.codecs.map(({ payloadType, codec }) => [payloadType, codec])),
    ...(telephoneEvent !== undefined && {
      telephoneEvent: { send: telephoneEvent, accept: [...common.telephoneEvents] },
    }),
    ptimeMs: ptimeFor(media),
    theirDirection: media.direction,
    direction: meet(local.direction, media.direction),
    mLines: all.map(({ type, port, protocol, payloads }) => ({ type, port, protocol, payloads })),
    index,
  }
}

/** ptime is a wish, maxptime a bound (RFC 4566 §6); below 20 ms we cannot go. */
function ptimeFor(media: ReadMedia): number {
  const most = Math.min(media.ptimeMs ?? 20, media.maxPtimeMs ?? Infinity)
  return PTIMES_MS.find((one) => one <= most) ?? 20
}
