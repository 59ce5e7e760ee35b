import type { TextToSpeechClient } from '@google-cloud/text-to-speech'
import { Refusal } from '../refusal.ts'
import type { SpeechRequest, TtsProvider } from '../tts.ts'
import type { GoogleAccess } from './client.ts'
import { openGoogleClient } from './client.ts'
import { googleError } from './errors.ts'
import { speakStreaming } from './streaming.ts'
import { speakAtOnce } from './unary.ts'
import { googleDefaults, googleVoiceFor, isGoogleName, sexOf, streams } from './voice-names.ts'

export interface GoogleOptions extends GoogleAccess {
  /** locale → voice, e.g. { 'zh-CN': 'cmn-CN-Chirp3-HD-Aoede' } */
  voices?: Record<string, string>
  /** to the first audio; the next provider is asked after it. Default 2,500 */
  timeoutMs?: number
}

/** Whether there is anything to reach Google with. */
export const googleIsConfigured = (options: GoogleOptions | undefined) =>
  Boolean(
    options?.credentialsFile || options?.apiEndpoint || process.env.GOOGLE_APPLICATION_CREDENTIALS,
  )

/** Google Cloud Text-to-Speech: streaming where the voice can, else in one answer. */
export function createGoogleProvider(
  options: GoogleOptions,
): TtsProvider & { stop(): Promise<void> } {
  const { voices = {}, timeoutMs = 2500 } = options
  let opening: Promise<TextToSpeechClient> | undefined

  function client(): Promise<TextToSpeechClient> {
    opening ??= openGoogleClient(options).catch((error: unknown) => {
      // the key may be put right while we run
      opening = undefined
      throw error
    })
    return opening
  }
  // so that the first caller does not wait for the loading
  client().catch(() => undefined)

  async function* synthesize(request: SpeechRequest, signal: AbortSignal) {
    const voice = googleVoiceFor(request.locale, request.voice, voices)
    if (!voice) throw new Refusal(`google: no voice for ${request.locale}`)
    try {
      const google = await client()
      signal.throwIfAborted()
      const asked = { ...request, voice }
      if (streams(voice)) yield* speakStreaming(google, asked, timeoutMs, signal)
      else yield await speakAtOnce(google, asked, timeoutMs, signal)
    } catch (error) {
      signal.throwIfAborted()
      throw googleError(error)
    }
  }

  return {
    id: 'google',
    version: '1',
    voiceFor: (locale, wanted) => googleVoiceFor(locale, wanted, voices),
    voices: async () => {
      const [answer] = await (await client()).listVoices({}, { timeout: timeoutMs, retry: null })
      const listed = (answer.voices ?? []).flatMap(({ name, languageCodes, ssmlGender }) =>
        // names without a language ("Aoede") want a model named beside them
        name && isGoogleName(name)
          ? (languageCodes ?? []).map((locale) => ({
              id: name,
              locale,
              name,
              ...sexOf(ssmlGender),
            }))
          : [],
      )
      return listed.length ? listed : googleDefaults
    },
    synthesize,
    async stop() {
      const google = await opening?.catch(() => undefined)
      await google?.close()
    },
  }
}
