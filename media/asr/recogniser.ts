import type { AsrStatus } from './asr.ts'

/** Where one locale is understood: a process of ours, or a vosk-server elsewhere. */
export interface Recogniser {
  readonly locale: string
  status(): AsrStatus['models'][number]
  /** address of the vosk-server protocol, while it can be used */
  url(): string | undefined
  stop(): Promise<void>
}
