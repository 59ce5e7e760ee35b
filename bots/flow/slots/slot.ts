import type { Lang } from '../schema.ts'

/** One thing heard, whatever the channel. */
export interface Heard {
  text: string
  /** 1 for everything but speech */
  confidence: number
  by: 'text' | 'dtmf' | 'speech' | 'choice' | 'media'
  media?: {
    mediaId: string
    kind?: string
    transcript?: string
    seconds?: number
    location?: { lat: number; lng: number; name?: string }
  }
}

export interface SlotContext {
  lang: Lang
  nowMs: number
  timezone: string
}

/** `invalid`: understood, but out of bounds, which deserves another sentence than "pardon?". */
export type SlotResult = { value: unknown } | 'noMatch' | 'invalid'

/** How one kind of answer is understood. */
export interface SlotDefinition<S> {
  parse(slot: S, heard: Heard, context: SlotContext): SlotResult
}
