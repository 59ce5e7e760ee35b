/** Text to speech: providers in a chain, in front of them a cache and recordings. All audio is PCM16, mono, 8 kHz. */

export interface SpeechRequest {
  /** plain text as written for people; the provider normalises numbers, prices, dates */
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
  /** Frames of any length as they are made. Throws when it cannot; the next provider is asked then. */
  synthesize(request: SpeechRequest, signal: AbortSignal): AsyncIterable<Int16Array>
}
export interface Voice {
  id: string
  locale: string
  name: string
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
  status(): { providers: { id: string; state: 'ok' | 'resting' | 'off'; lastError?: string }[] }
  stop(): Promise<void>
}
export type Spoken = { file: string } | { stream: AsyncIterable<Int16Array> }
