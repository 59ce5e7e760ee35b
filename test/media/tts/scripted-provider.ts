import type { SpeechRequest, TtsProvider } from '../../../media/tts/tts.ts'

export interface Scripted extends TtsProvider {
  /** every text it was asked for */
  asked: string[]
  /** what it does: frames, and errors where they come */
  script: (request: SpeechRequest, signal: AbortSignal) => AsyncIterable<Int16Array | Error>
}

/** 20 ms whose every sample is `value`: told apart in a file. */
export const frame = (value: number) => new Int16Array(160).fill(value)

/** A provider that does what a test says; without a script it speaks three frames of its own value. */
export function scriptedProvider(id: string, value: number): Scripted {
  const provider: Scripted = {
    id,
    version: '1',
    asked: [],
    async *script() {
      for (let i = 0; i < 3; i++) yield await Promise.resolve(frame(value))
    },
    voices: () => Promise.resolve([]),
    voiceFor: (_locale, wanted) => wanted ?? 'voice',
    async *synthesize(request, signal) {
      provider.asked.push(request.text)
      for await (const step of provider.script(request, signal)) {
        if (step instanceof Error) throw step
        yield step
      }
    },
  }
  return provider
}
