import type { TtsProvider } from './tts.ts'

/** Speaks what holds no word, an emoji or "…": the shortest pause. */
export const silence: TtsProvider = {
  id: 'silence',
  version: '1',
  voices: () => Promise.resolve([]),
  voiceFor: () => 'silence',
  async *synthesize() {
    yield await Promise.resolve(new Int16Array(800))
  },
}
