import { z } from 'zod'
import type { VoskAnswer, VoskModel, VoskRecognizer } from './binding.ts'
import { grammar } from './grammar.ts'

/** What a client may say in text; anything else ends the connection. */
const message = z.union([
  z.object({
    config: z.object({
      sample_rate: z.number().min(8000).max(48_000).optional(),
      words: z.coerce.boolean().optional(),
      phrase_list: z.array(z.string().max(200)).max(1000).optional(),
      max_alternatives: z.number().int().min(0).max(10).optional(),
    }),
  }),
  z.object({ eof: z.literal(1) }),
  z.object({ reset: z.literal(1) }),
])

/** Finding the words so far costs as much as decoding them: not more often than four times a second. */
const PARTIAL_EVERY_MS = 250

export interface Session {
  /** @returns the answer, if one is due, and whether the connection is over. @throws ZodError, SyntaxError */
  text(json: string): { answer?: VoskAnswer; over?: boolean }
  /** @param pcm signed 16-bit little-endian at the agreed rate. Not to be called before the last call has resolved */
  audio(pcm: Buffer): Promise<VoskAnswer>
  free(): void
}

/**
 * One connection of the protocol vosk-server speaks (alphacep/vosk-server, websocket): text `{"config":{…}}`,
 * audio in binary frames, each answered by `{"partial":…}` or, where an utterance ended, by a result;
 * `{"eof" : 1}` asks for the last one.
 */
export function createSession(model: VoskModel): Session {
  let sampleRate = 8000
  let words = true
  let maxAlternatives = 0
  let phrases: string[] | undefined
  let recogniser: VoskRecognizer | undefined
  let partial: VoskAnswer = { partial: '' }
  let sincePartialMs = 0

  function configure(config: Extract<z.infer<typeof message>, { config: unknown }>['config']) {
    sampleRate = config.sample_rate ?? sampleRate
    words = config.words ?? words
    maxAlternatives = config.max_alternatives ?? maxAlternatives
    phrases = config.phrase_list ?? phrases
  }
  function last(): VoskAnswer {
    partial = { partial: '' }
    return recogniser?.final() ?? { text: '' }
  }

  return {
    text(json) {
      const asked = message.parse(JSON.parse(json))
      if ('config' in asked) {
        configure(asked.config)
        return {}
      }
      return 'eof' in asked ? { answer: last(), over: true } : { answer: last() }
    },
    async audio(pcm) {
      recogniser ??= model.recognizer({
        sampleRate,
        words,
        maxAlternatives,
        grammar: grammar(phrases, (word) => model.knows(word)),
      })
      const whole = pcm.length % 2 === 0 ? pcm : pcm.subarray(0, -1)
      if (whole.length === 0) return partial
      if (await recogniser.accept(whole)) {
        partial = { partial: '' }
        return recogniser.result()
      }
      sincePartialMs += (whole.length / 2 / sampleRate) * 1000
      if (sincePartialMs >= PARTIAL_EVERY_MS) {
        sincePartialMs = 0
        partial = recogniser.partial()
      }
      return partial
    },
    free() {
      recogniser?.free()
      recogniser = undefined
    },
  }
}
