import type { Codec } from '../media.ts'
import type { LocalMedia, NegotiatedMedia } from './session.ts'

/** RFC 3551 table 4 */
const fixed: Record<Codec, number> = { PCMU: 0, PCMA: 8 }

export interface OfferedTypes {
  codecs: { payloadType: number; codec: Codec }[]
  telephoneEvent: number
}

/** The numbers of our offer. Within a call a number never changes its meaning (RFC 3264 §8.3.2). */
export function offeredTypes(local: LocalMedia, earlier?: NegotiatedMedia): OfferedTypes {
  const accepted = earlier?.accept ?? new Map<number, Codec>()
  const codecs = local.codecs.map((codec) => {
    const known = [...accepted].find(([, one]) => one === codec)
    return { payloadType: known?.[0] ?? fixed[codec], codec }
  })
  const taken = new Set([...accepted.keys(), ...codecs.map((one) => one.payloadType)])
  let telephoneEvent = earlier?.telephoneEvent?.send ?? local.telephoneEvent
  // the dynamic range is 96 to 127
  while (taken.has(telephoneEvent)) telephoneEvent = telephoneEvent >= 127 ? 96 : telephoneEvent + 1
  return { codecs, telephoneEvent }
}
