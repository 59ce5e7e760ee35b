import { parse, write } from 'sdp-transform'
import { fail } from '../../gateway/errors.ts'

export interface BrowserOffer {
  /** the offer with nothing but what we can answer */
  sdp: string
  /** a codec, and telephone-event where the browser has it, under the browser's numbers */
  formats: { name: string; payloadType: number }[]
}

/** longer ones are no telephone */
const MAX_BYTES = 64 * 1024
const CODECS = ['PCMA', 'PCMU']
const EVENT = 'telephone-event'

/**
 * Reads a browser's offer and leaves in it one codec at 8 kHz, telephone-event at the same clock (Chromium
 * offers a second one at 48 kHz) and no candidates: what the library does not read it cannot look up.
 * @throws YiluError BAD_SDP, NO_COMMON_CODEC
 */
export function readBrowserOffer(offerSdp: string): BrowserOffer {
  if (offerSdp.length > MAX_BYTES) return fail('BAD_SDP')
  const session = parse(offerSdp)
  const audio = session.media?.find(({ type }) => type === 'audio')
  if (!audio || !audio.rtp?.length) return fail('BAD_SDP')
  const fingerprint = audio.fingerprint ?? session.fingerprint
  if (!fingerprint || !(audio.iceUfrag ?? session.iceUfrag)) return fail('BAD_SDP')
  const find = (name: string) =>
    audio.rtp.find(({ codec, rate }) => codec.toUpperCase() === name.toUpperCase() && rate === 8000)
  const codec = CODECS.map(find).find((found) => found !== undefined)
  if (!codec) return fail('NO_COMMON_CODEC')
  const event = find(EVENT)
  const kept = event ? [codec, event] : [codec]
  const isKept = ({ payload }: { payload: number }) => kept.some((one) => one.payload === payload)
  audio.rtp = kept
  audio.fmtp = (audio.fmtp ?? []).filter(isKept)
  audio.payloads = kept.map(({ payload }) => payload).join(' ')
  audio.rtcpFb = []
  audio.ext = []
  for (const media of session.media) media.candidates = []
  return {
    sdp: write(session),
    formats: kept.map((one) => ({
      name: one === event ? EVENT : one.codec.toUpperCase(),
      payloadType: one.payload,
    })),
  }
}
