import { langSchema, voiceChoiceSchema } from '../../bots/flow/parts.ts'
import type { Lang, VoiceChoice } from '../../bots/flow/parts.ts'

/** What one wording of a prompt says, as far as a half-written document has it. */
export interface WrittenVariant {
  text: string
  /** what a caller hears instead: the wording of the telephone, else that for the ear */
  speak?: string
  audio?: { mediaId: string; ofText: string }
  /** other than the flow's */
  choice: VoiceChoice
}

export interface WrittenPrompt {
  /** undefined: of the flow itself, e.g. what is said when it breaks */
  block?: string
  /** path inside the block: `prompt`, `retry.noMatch.0` */
  field: string
  variants: Map<Lang, WrittenVariant>
}

const MAX_DEPTH = 12

/** Every prompt of a document, sound or not: a draft may be anything. Pure. */
export function promptsIn(doc: unknown): WrittenPrompt[] {
  const found: WrittenPrompt[] = []
  const { blocks, ...rest } = recordOf(doc) ?? {}
  for (const [block, content] of Object.entries(recordOf(blocks) ?? {})) {
    look(content, '', 0, (field, variants) => found.push({ block, field, variants }))
  }
  delete rest.tests
  look(rest, '', 0, (field, variants) => found.push({ field, variants }))
  return found
}

function look(
  value: unknown,
  field: string,
  depth: number,
  tell: (field: string, variants: Map<Lang, WrittenVariant>) => void,
): void {
  const record = recordOf(value)
  if (!record || depth > MAX_DEPTH) return
  const variants = variantsOf(record)
  if (variants) return tell(field, variants)
  for (const [name, inner] of Object.entries(record)) {
    look(inner, field ? `${field}.${name}` : name, depth + 1, tell)
  }
}

function variantsOf(record: Record<string, unknown>): Map<Lang, WrittenVariant> | undefined {
  const entries = Object.entries(record)
  if (!entries.length || Array.isArray(record)) return undefined
  const variants = new Map<Lang, WrittenVariant>()
  for (const [lang, value] of entries) {
    const variant = recordOf(value)
    if (!variant || typeof variant.text !== 'string') return undefined
    if (!langSchema.safeParse(lang).success) return undefined
    const audio = recordOf(variant.audio)
    const isRecorded = typeof audio?.mediaId === 'string' && typeof audio.ofText === 'string'
    variants.set(lang, {
      text: variant.text,
      ...spokenIn(variant),
      choice: choiceIn(variant),
      ...(isRecorded && {
        audio: { mediaId: String(audio.mediaId), ofText: String(audio.ofText) },
      }),
    })
  }
  return variants
}

/** As `sayEffects` chooses: another text for the telephone leaves the wording for the ear aside. */
function spokenIn({ by, speak }: Record<string, unknown>): { speak?: string } {
  const onPhone = recordOf(recordOf(by)?.voice)?.text
  const heard = typeof onPhone === 'string' ? onPhone : speak
  return typeof heard === 'string' ? { speak: heard } : {}
}

function choiceIn(value: unknown): VoiceChoice {
  const read = voiceChoiceSchema.safeParse(value)
  if (!read.success) return {}
  const { voice, speed } = read.data
  return { ...(voice !== undefined && { voice }), ...(speed !== undefined && { speed }) }
}

/** Who speaks for the flow, by language, as far as that can be read. */
export function voicesIn(doc: unknown): Record<Lang, VoiceChoice> {
  const voices = Object.entries(recordOf(recordOf(doc)?.voices) ?? {})
  return Object.fromEntries(
    voices.flatMap(([lang, value]) =>
      langSchema.safeParse(lang).success ? [[lang, choiceIn(value)] as const] : [],
    ),
  )
}

const recordOf = (value: unknown): Record<string, unknown> | undefined =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
