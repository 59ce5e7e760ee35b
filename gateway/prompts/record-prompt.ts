import type { Variant, VoiceChoice } from '../../bots/flow/schema.ts'
import { textHash } from '../../bots/flow/versions.ts'

/** Where a wording stands in a document. */
export interface WordingPlace {
  block?: string
  field: string
  lang: string
}

/**
 * Puts a recording on one wording of a document, or takes it off: it is one of the text as it stands now.
 * @returns false where there is no such wording
 */
export function recordPrompt(doc: unknown, at: WordingPlace, mediaId: string | null): boolean {
  const variant = wordingAt(doc, at)
  if (!variant) return false
  if (mediaId === null) delete variant.audio
  else variant.audio = { mediaId, ofText: textHash(variant.text) }
  return true
}

/**
 * Has one wording of a document spoken by another voice, at another speed, than its flow; what is left out is the
 * flow's again.
 * @returns false where there is no such wording
 */
export function voicePrompt(
  doc: unknown,
  at: WordingPlace,
  { voice, speed }: VoiceChoice,
): boolean {
  const variant = wordingAt(doc, at)
  if (!variant) return false
  if (voice === undefined) delete variant.voice
  else variant.voice = voice
  if (speed === undefined) delete variant.speed
  else variant.speed = speed
  return true
}

function wordingAt(doc: unknown, { block, field, lang }: WordingPlace): Variant | undefined {
  const way = [...(block === undefined ? [] : ['blocks', block]), ...field.split('.'), lang]
  let found: unknown = doc
  for (const step of way) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, step)) return undefined
    found = (found as Record<string, unknown>)[step]
  }
  const variant = found as Partial<Variant> | null
  if (typeof variant !== 'object' || typeof variant?.text !== 'string') return undefined
  return variant as Variant
}
