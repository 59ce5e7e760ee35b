import { spokenLanguage } from '../../gateway/domain/spoken-language.ts'
import { fail } from '../../gateway/errors.ts'
import type { EspeakProvider } from './espeak/provider.ts'
import { createEspeakProvider } from './espeak/provider.ts'
import type { GoogleOptions } from './google/provider.ts'
import { createGoogleProvider, googleIsConfigured } from './google/provider.ts'
import { normalise } from './normalise/normalise.ts'
import { ProviderChain } from './provider-chain.ts'
import { Speaker } from './speaker.ts'
import { SpeechCache } from './speech-cache.ts'
import type { Speech, SpeechRequest, TtsProvider, Voice } from './tts.ts'
import { VoiceList } from './voice-list.ts'

export interface SpeechOptions {
  /** where spoken texts are kept */
  cacheDir: string
  /** the least recently used go first beyond this; default 512 MB, nine hours of speech */
  cacheBytes?: number
  /** asked first; off without a key (GOOGLE_APPLICATION_CREDENTIALS) or an endpoint */
  google?: GoogleOptions
  /** default true */
  espeak?: boolean
  /** providers in front of these two, e.g. of another cloud */
  providers?: TtsProvider[]
  now?: () => number
  /** a provider failed, a file could not be written; calls go on meanwhile */
  onError?: (error: unknown) => void
}

/** About a quarter of an hour: nobody listens to more, and a mistake in a flow must not fill the disk. */
const MAX_CHARS = 5000

type Stoppable = TtsProvider & { stop?(): Promise<void> }

/** Text to speech for the whole process. @see Speech */
export function createSpeech(options: SpeechOptions): Speech {
  const { cacheDir, cacheBytes = 512 * 1024 * 1024, now = Date.now } = options
  const onError = options.onError ?? (() => undefined)
  const google = googleIsConfigured(options.google)
    ? createGoogleProvider(options.google ?? {})
    : undefined
  const espeak: EspeakProvider | undefined =
    options.espeak === false ? undefined : createEspeakProvider({ onError })
  const providers = [...(options.providers ?? []), google, espeak].filter(
    (provider): provider is Stoppable => provider !== undefined,
  )
  const chain = new ProviderChain(providers, now)
  const list = new VoiceList(providers, now, onError)
  const cache = new SpeechCache({ dir: cacheDir, maxBytes: cacheBytes, now, onError })
  const speaker = new Speaker(chain, cache, onError)
  const off = [google ? [] : ['google'], espeak ? [] : ['espeak']].flat()

  return {
    async say(request) {
      const spoken = spokenForm(request)
      const kept = await speaker.find(spoken)
      if (kept) return { file: kept.file }
      const { take } = speaker.flight(spoken)
      const stream = take.listen()
      await take.started
      return { stream }
    },
    async render(request) {
      if (request.personal) throw new Error('what is personal is never kept')
      const spoken = spokenForm(request)
      const kept = (await speaker.find(spoken)) ?? (await speaker.flight(spoken).kept)
      return kept!
    },
    async voices(locale) {
      const { voices } = await list.read()
      const speaks = (voice: Voice) =>
        locale === undefined || spokenLanguage(voice.locale) === spokenLanguage(locale)
      return voices.filter(speaks)
    },
    async knownVoices() {
      const { voices, whole } = await list.read()
      return whole ? voices : undefined
    },
    status: () => ({
      providers: [...chain.status(), ...off.map((id) => ({ id, state: 'off' as const }))],
    }),
    async stop() {
      await Promise.all([speaker.stop(), ...providers.map((provider) => provider.stop?.())])
    },
  }
}

/** @throws YiluError TOO_LARGE */
function spokenForm(request: SpeechRequest): SpeechRequest {
  if (request.text.length > MAX_CHARS) fail('TOO_LARGE', { maxChars: MAX_CHARS })
  const text = normalise(request.text, request.locale)
  const rate = Math.round(Math.min(2, Math.max(0.5, request.rate ?? 1)) * 100) / 100
  return { ...request, text, rate, personal: request.personal ?? false }
}
