import type { TextToSpeechClient } from '@google-cloud/text-to-speech'
import { pcmOf } from '../pcm-of.ts'
import type { SpeechRequest } from '../tts.ts'
import { languageCodeOf } from './voice-names.ts'

type Cancellable<T> = Promise<T> & { cancel?(): void }

/**
 * The whole text at once, for voices that do not stream.
 * @throws gRPC errors
 */
export async function speakAtOnce(
  client: TextToSpeechClient,
  request: SpeechRequest & { voice: string },
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Int16Array> {
  // not client.synthesizeSpeech(): the promise that gives back cannot be cancelled
  const call = client.innerApiCalls.synthesizeSpeech!(
    {
      input: { text: request.text },
      voice: { languageCode: languageCodeOf(request.voice, request.locale), name: request.voice },
      audioConfig: {
        audioEncoding: 'LINEAR16',
        sampleRateHertz: 8000,
        speakingRate: request.rate ?? 1,
      },
    },
    // its own retries go on for ten minutes; a caller is waiting
    { timeout: timeoutMs, retry: null },
  ) as Cancellable<[{ audioContent?: Uint8Array | string | null }]>
  const cancel = () => call.cancel?.()
  signal.addEventListener('abort', cancel, { once: true })
  try {
    const [{ audioContent }] = await call
    // LINEAR16 comes as a WAV file (measured, facts/speech.md §4)
    return pcmOf(Buffer.from((audioContent ?? '') as Uint8Array))
  } finally {
    signal.removeEventListener('abort', cancel)
  }
}
