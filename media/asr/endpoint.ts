/** Decides, by the sound and the words so far, when an utterance is over. Times are milliseconds of sound. */
export interface Endpoint {
  /** @param loud whether somebody may be speaking in it */
  sound(ms: number, loud: boolean): void
  /** the words so far are these; `settled` when the recogniser itself took them for a whole utterance */
  words(text: string, settled: boolean): void
  /** `finish`: take what was said; `forget`: there was a noise, no word */
  verdict(): 'finish' | 'forget' | undefined
}

/** a noise without a word in it is forgotten after that much quiet */
const FORGET_MS = 1_000

/**
 * @param endSilenceMs quiet that ends an utterance
 * @param maxMs counted from the first word
 */
export function createEndpoint(endSilenceMs: number, maxMs: number): Endpoint {
  let quietMs = 0
  let sinceChangeMs = 0
  let sinceFirstWordMs = 0
  let text = ''
  let settled = false
  return {
    sound(ms, loud) {
      quietMs = loud ? 0 : quietMs + ms
      sinceChangeMs += ms
      if (text) sinceFirstWordMs += ms
    },
    words(now, isSettled) {
      if (now !== text) sinceChangeMs = 0
      text = now
      settled = isSettled
    },
    verdict() {
      if (!text) return quietMs >= Math.max(FORGET_MS, endSilenceMs) ? 'forget' : undefined
      if (sinceFirstWordMs >= maxMs || quietMs >= endSilenceMs) return 'finish'
      // a noisy line never gets quiet; the recogniser knows speech from noise
      return settled && sinceChangeMs >= endSilenceMs ? 'finish' : undefined
    },
  }
}
