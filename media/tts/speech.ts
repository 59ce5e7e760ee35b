import { createEspeakProvider } from './espeak/provider.ts'
import type { Speech, SpeechRequest } from './tts.ts'

export interface SpeechOptions {
  /** where spoken texts are kept */
  cacheDir: string
  /** the least recently used go first beyond this; default 512 MB */
  cacheBytes?: number
  google?: {
    /** a service account's key; default: GOOGLE_APPLICATION_CREDENTIALS */
    credentialsFile?: string
    apiEndpoint?: string
    port?: number
    /** without TLS: tests on this machine */
    insecure?: boolean
    /** locale → voice, e.g. { 'zh-CN': 'cmn-CN-Chirp3-HD-Aoede' } */
    voices?: Record<string, string>
    timeoutMs?: number
  }
  /** default true */
  espeak?: boolean
  now?: () => number
  onError?: (error: unknown) => void
}

/** Text to speech for the whole process. */
export function createSpeech(options: SpeechOptions): Speech {
  const espeak = createEspeakProvider({ onError: options.onError })
  const stream = (request: SpeechRequest) =>
    espeak.synthesize(request, new AbortController().signal)
  return {
    say: (request) => Promise.resolve({ stream: stream(request) }),
    render: () => Promise.reject(new Error('not yet')),
    status: () => ({ providers: [{ id: espeak.id, state: 'ok' }] }),
    stop: () => espeak.stop(),
  }
}
