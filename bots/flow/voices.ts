import { inLang } from './per-lang.ts'
import type { FlowDoc, Lang } from './schema.ts'
import type { VoiceChoice } from './parts.ts'

type Voiced = Pick<FlowDoc, 'voices'> | undefined

/**
 * Who speaks a language, and how fast: what the text itself asks for (`own`), else its flow, else the flow that
 * called it, so that a caller does not hear a stranger in every sub-flow.
 * @param docs the flows on the stack, the outermost first; undefined: a version nobody has
 */
export function voiceIn(docs: readonly Voiced[], lang: Lang, own: VoiceChoice = {}): VoiceChoice {
  let { voice, speed } = own
  for (const doc of [...docs].reverse()) {
    if (voice !== undefined && speed !== undefined) break
    const chosen = chosenIn(doc, lang)
    voice ??= chosen?.voice
    speed ??= chosen?.speed
  }
  return { ...(voice !== undefined && { voice }), ...(speed !== undefined && { speed }) }
}

/** A voice of one language does not speak another, but zh-CN and zh do for each other. */
function chosenIn(doc: Voiced, lang: Lang): VoiceChoice | undefined {
  const found = doc?.voices && inLang(doc.voices, lang, lang)
  return found && familyOf(found.lang) === familyOf(lang) ? found.entry : undefined
}

const familyOf = (lang: Lang) => lang.split('-')[0]
