/** Voices and speeds in a document that may be half written. */
import type { VoiceChoice } from '../../../../bots/flow/parts.ts'
import { voiceIn } from '../../../../bots/flow/voices.ts'
import type { Doc } from '../doc.ts'
import { asObject, asString } from '../doc.ts'

export function choiceOf(value: unknown): VoiceChoice {
  const { voice, speed } = asObject(value)
  return {
    ...(asString(voice) && { voice: asString(voice) }),
    ...(typeof speed === 'number' && { speed }),
  }
}

/** What the flow says of a language. */
export function flowVoiceIn(doc: Doc, lang: string): VoiceChoice {
  const voices = Object.entries(asObject(doc['voices'])).map(([of, value]) => [of, choiceOf(value)])
  return voiceIn([{ voices: Object.fromEntries(voices) as Record<string, VoiceChoice> }], lang)
}

/** A prompt with no word in it, whoever would say it. */
export function wordless(prompt: unknown): unknown {
  const variants = Object.entries(asObject(prompt)).map(([lang, variant]) => {
    const { voice: _voice, speed: _speed, ...rest } = asObject(variant)
    return [lang, rest] as const
  })
  return Object.fromEntries(variants)
}
