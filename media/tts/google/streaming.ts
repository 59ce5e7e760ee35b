import type { TextToSpeechClient } from '@google-cloud/text-to-speech'
import { createAudioQueue } from '../audio-queue.ts'
import { pcmOf } from '../pcm-of.ts'
import type { SpeechRequest } from '../tts.ts'
import { languageCodeOf } from './voice-names.ts'

/** 5,000 bytes are Google's limit for one piece */
const PIECE_CHARS = 1500

/**
 * Audio as it is made: first 60–90 ms after asking (measured on this machine, facts/speech.md §4).
 * @param timeoutMs for the first audio, and between any two pieces of it
 * @throws (while iterating) gRPC errors
 */
export async function* speakStreaming(
  client: TextToSpeechClient,
  request: SpeechRequest & { voice: string },
  timeoutMs: number,
  signal: AbortSignal,
): AsyncGenerator<Int16Array, void, undefined> {
  const call = client.streamingSynthesize()
  const queue = createAudioQueue(() => call.cancel())
  const cancel = () => call.cancel()
  const silent = setTimeout(() => {
    queue.end(new Error(`google: nothing for ${timeoutMs} ms`))
    call.cancel()
  }, timeoutMs)
  let odd: Buffer = Buffer.alloc(0)
  signal.addEventListener('abort', cancel, { once: true })
  call.on('data', (part: { audioContent?: Uint8Array }) => {
    silent.refresh()
    const bytes = Buffer.concat([odd, part.audioContent ?? new Uint8Array()])
    odd = bytes.subarray(bytes.length & ~1)
    queue.push(pcmOf(bytes.subarray(0, bytes.length & ~1)))
  })
  call.on('error', (error: Error) => queue.end(error))
  call.on('end', () => queue.end())
  try {
    const language = languageCodeOf(request.voice, request.locale)
    call.write({
      streamingConfig: {
        voice: { languageCode: language, name: request.voice },
        streamingAudioConfig: {
          audioEncoding: 'PCM',
          sampleRateHertz: 8000,
          speakingRate: request.rate ?? 1,
        },
      },
    })
    for (let at = 0; at < request.text.length; at += PIECE_CHARS) {
      call.write({ input: { text: request.text.slice(at, at + PIECE_CHARS) } })
    }
    call.end()
    yield* queue
  } finally {
    clearTimeout(silent)
    signal.removeEventListener('abort', cancel)
  }
}
