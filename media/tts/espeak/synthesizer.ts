import loadEspeak from '@echogarden/espeak-ng-emscripten'
import { Resampler } from '../../prompts/resampler.ts'
import { Limiter } from '../../prompts/limiter.ts'
import { markupOf } from './markup-of.ts'
import type { Piece } from './pieces-of.ts'
import { baseOf, engineNameOf } from './voice-of.ts'

const RATE_HZ = 8000
/** espeak's own speed, words a minute */
const NORMAL_RATE = 175
/** ×: brings the mean level of a voice to −19 dBFS, that of imported recordings; measured on six prompts each */
const GAINS: Record<string, number> = {
  'cmn-latn-pinyin': 1,
  'en-us': 1.25,
  'en-gb': 1.2,
  yue: 1.15,
  ja: 1.1,
  ko: 1.1,
}

/** the women's are 1.4 dB louder, measured as above */
const FEMALE_GAIN = 0.85

const gainOf = (voice: string) =>
  (GAINS[baseOf(voice)] ?? 1.1) * (voice === baseOf(voice) ? 1 : FEMALE_GAIN)

/** of 100, espeak's own defaults */
const PLAIN = { pitch: 50, range: 50 }
/**
 * Tones told apart: by default the fourth falls from 94 to 80 Hz, less than three half-tones; with these it
 * falls from 110 to 84 Hz, and the level of the first stands clear of both ends of the second.
 */
const TONAL: Record<string, typeof PLAIN> = {
  'cmn-latn-pinyin': { pitch: 60, range: 99 },
  yue: { pitch: 60, range: 80 },
}

/** Makes one piece after the other, blocking: about 10 ms of CPU for each second of speech. */
export interface Synthesizer {
  /** @param onAudio PCM16, 8 kHz; returning true ends it. @throws Error when there is no such voice */
  speak(piece: Piece, voice: string, rate: number, onAudio: (pcm: Int16Array) => boolean): void
}

/** Loads espeak-ng: 0.2–0.6 s, 110 MB. For a process of its own: the package is GPL, the rest is not. */
export async function createSynthesizer(): Promise<Synthesizer> {
  const espeak = await loadEspeak()
  const worker = new espeak.eSpeakNGWorker()
  const sourceHz = worker.get_samplerate()
  return {
    speak(piece, voice, rate, onAudio) {
      // 2, EE_NOT_FOUND, leaves the voice of whoever spoke last
      if (worker.set_voice(engineNameOf(voice)) !== 0)
        throw new Error(`espeak has no voice ${voice}`)
      worker.rate = Math.round(NORMAL_RATE * rate)
      const { pitch, range } = TONAL[baseOf(voice)] ?? PLAIN
      worker.pitch = pitch
      worker.range = range
      const resampler = new Resampler(sourceHz, RATE_HZ)
      const limiter = new Limiter(gainOf(voice))
      let stopped = false
      const give = (pcm: Int16Array) => {
        if (!stopped && pcm.length) stopped = onAudio(pcm)
        return stopped
      }
      worker.synthesize(markupOf(piece.text, baseOf(voice)), (pcm) =>
        give(limiter.push(resampler.push(pcm))),
      )
      give(limiter.push(resampler.flush()))
      give(limiter.flush())
      if (piece.pauseMs) give(new Int16Array((piece.pauseMs * RATE_HZ) / 1000))
    },
  }
}
