import { Refusal } from '../refusal.ts'
import type { SpeechRequest, TtsProvider } from '../tts.ts'
import type { EspeakChild, EspeakChildOptions } from './child.ts'
import { startEspeak } from './child.ts'
import { baseOf, espeakVoices, voiceOf } from './voice-of.ts'

export interface EspeakProvider extends TtsProvider {
  child: EspeakChild
  stop(): Promise<void>
}

/**
 * The voice that is always there: formant synthesis, intelligible but robotic. Speaks zh, en, yue and ko,
 * and ja written in kana: it cannot read kanji, and says so instead of "Chinese letter".
 */
export function createEspeakProvider(options: EspeakChildOptions = {}): EspeakProvider {
  const child = startEspeak(options)
  return {
    id: 'espeak',
    // of the package, and of what is done to its voices here
    version: '0.3.5/3',
    child,
    voices: () => Promise.resolve(espeakVoices),
    voiceFor,
    async *synthesize(request, signal) {
      yield* child.say(utteranceOf(request), signal)
    },
    stop: () => child.stop(),
  }
}

const voiceFor = (locale: string, wanted?: string) =>
  espeakVoices.some(({ id }) => id === wanted) ? wanted : voiceOf(locale)

function utteranceOf({ text, locale, voice: wanted, rate = 1 }: SpeechRequest) {
  const voice = voiceFor(locale, wanted)
  if (!voice) throw new Refusal(`espeak has no voice for ${locale}`)
  if (baseOf(voice) === 'ja' && /\p{Script=Han}/u.test(text))
    throw new Refusal('espeak cannot read kanji')
  return { text, locale, voice, rate }
}
