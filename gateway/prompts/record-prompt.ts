import type { Variant } from '../../bots/flow/schema.ts'
import { textHash } from '../../bots/flow/versions.ts'

/**
 * Puts a recording on one wording of a document, or takes it off: it is one of the text as it stands now.
 * @returns false where there is no such wording
 */
export function recordPrompt(
  doc: unknown,
  at: { block?: string; field: string; lang: string },
  mediaId: string | null,
): boolean {
  const { block, field, lang } = at
  const way = [...(block === undefined ? [] : ['blocks', block]), ...field.split('.'), lang]
  let found: unknown = doc
  for (const step of way) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, step)) return false
    found = (found as Record<string, unknown>)[step]
  }
  const variant = found as Partial<Variant> | null
  if (typeof variant !== 'object' || typeof variant?.text !== 'string') return false
  if (mediaId === null) delete variant.audio
  else variant.audio = { mediaId, ofText: textHash(variant.text) }
  return true
}
