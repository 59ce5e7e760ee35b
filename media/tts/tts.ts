/** Text to speech: providers in a chain, in front of them a cache and recordings. All audio is PCM16, mono, 8 kHz. */

export interface SpeechRequest {
  /** as written for people; numbers, prices and dates are put into words on the way, once for all providers */
  text: string
  /** BCP-47: zh-CN, en … */
  locale: string
  voice?: string
  /** 1 = the voice's own speed; 0.5 … 2 */
  rate?: number
  /** holds personal data (a name, an order number): never kept in the cache */
  personal?: boolean
}

export interface TtsProvider {
  readonly id: string
  /** changes whenever the same text would sound different: part of the cache key */
  readonly version: string
  voices(): Promise<Voice[]>
  /**
   * The voice that would speak: `wanted` where the provider has it, else its own choice for the locale; part
   * of the cache key. undefined: it does not speak that language, ask the next.
   */
  voiceFor(locale: string, wanted?: string): string | undefined
  /**
   * Frames of any length as they are made. The text is normalised already. Throws when it cannot, a
   * `Refusal` when the request is at fault and not the provider; the next provider is asked then.
   */
  synthesize(request: SpeechRequest, signal: AbortSignal): AsyncIterable<Int16Array>
}
export interface Voice {
  id: string
  locale: string
  name: string
  /** as the engine tells it; absent where it does not, or is neither */
  sex?: 'female' | 'male'
}

/** What callers of this room use. */
export interface Speech {
  /**
   * A file where it is known already, else a stream that fills the cache while it is listened to. One
   * synthesis at a time per text, however many ask.
   */
  say(request: SpeechRequest): Promise<Spoken>
  /** Makes and keeps it, e.g. at publish. @returns the file and how long it lasts */
  render(request: SpeechRequest): Promise<{ file: string; durationMs: number }>
  /** of all providers that answer, in the order they are asked in; of one language where it is given */
  voices(locale?: string): Promise<(Voice & { provider: string })[]>
  /** all of them; undefined while one of the providers has not told its own */
  knownVoices(): Promise<Voice[] | undefined>
  status(): { providers: { id: string; state: 'ok' | 'resting' | 'off'; lastError?: string }[] }
  stop(): Promise<void>
}
export type Spoken = { file: string } | { stream: AsyncIterable<Int16Array> }
