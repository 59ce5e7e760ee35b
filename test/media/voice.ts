import type { EspeakProvider } from '../../media/tts/espeak/provider.ts'
import { createEspeakProvider } from '../../media/tts/espeak/provider.ts'
import { join } from './vad/sounds.ts'

/** Speaks with the voice that is always there, in a process of its own. */
export interface Voice {
  /** PCM16 at 8 kHz */
  say(text: string, locale: string, rate?: number): Promise<Int16Array>
  stop(): Promise<void>
}

export function createVoice(): Voice {
  const provider: EspeakProvider = createEspeakProvider()
  return {
    async say(text, locale, rate) {
      const spoken: Int16Array[] = []
      const request = { text, locale, ...(rate && { rate }) }
      for await (const pcm of provider.synthesize(request, new AbortController().signal)) {
        spoken.push(pcm)
      }
      return join(...spoken)
    },
    stop: () => provider.stop(),
  }
}
