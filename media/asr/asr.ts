/** Speech to text, as a stream per listening caller. */

export interface AsrProvider {
  /** locales that can be understood now; empty: no model installed, keys only */
  locales(): string[]
  /** @throws YiluError NO_SPEECH_MODEL */
  open(options: AsrOptions): AsrStream
  status(): AsrStatus
  stop(): Promise<void>
}
export interface AsrOptions {
  locale: string
  /** what may be said here: choices of a menu, digits; a grammar where the model can, else a hint */
  phrases?: string[]
  /** silence that ends an utterance */
  endSilenceMs: number
  /** an utterance is cut here */
  maxMs: number
}
export interface AsrStream {
  /** PCM16 8 kHz as it comes from a leg's tap (100 ms) */
  write(pcm: Int16Array): void
  /** the caller stopped: make what was heard so far final */
  finish(): void
  close(): void
  onPartial?: (text: string) => void
  onFinal?: (result: { nbest: { text: string; confidence: number }[] }) => void
  /** the recogniser died or cannot keep up: go on with keys */
  onLost?: (reason: string) => void
}
export interface AsrStatus {
  models: {
    locale: string
    dir: string
    state: 'starting' | 'ready' | 'restarting' | 'failed'
    /** of the process that holds it; none for a remote one */
    pid?: number
    error?: string
  }[]
  streams: number
}
