/** Every wording of every flow with what is heard of it: drafts, beside what is live. Pure. */
import { forTheEar } from '../../bots/flow/for-the-ear.ts'
import { textHash } from '../../bots/flow/versions.ts'
import { voiceIn } from '../../bots/flow/voices.ts'
import { fieldNameOf } from './field-name.ts'
import { fileNameOf } from './file-name.ts'
import type { WrittenPrompt, WrittenVariant } from './prompts-in.ts'
import { promptsIn, voicesIn } from './prompts-in.ts'
import type { PromptView } from './schema.ts'

export interface FlowToList {
  id: string
  name: string
  draft: unknown
  /** the document callers meet now */
  live?: unknown
}

/** @param lengths ms by recording */
export function catalogue(flows: FlowToList[], lengths: ReadonlyMap<string, number>): PromptView[] {
  return flows.flatMap((flow) => ofFlow(flow, lengths))
}

function ofFlow(flow: FlowToList, lengths: ReadonlyMap<string, number>): PromptView[] {
  const draft = promptsIn(flow.draft)
  const live = new Map(promptsIn(flow.live).map((prompt) => [keyOf(prompt), prompt]))
  const [voices, liveVoices] = [voicesIn(flow.draft), voicesIn(flow.live)]
  const langs = langsOf(flow.draft)
  const labels = labelsOf(flow.draft)
  const drafted = draft.flatMap((prompt) => {
    const inLive = live.get(keyOf(prompt))
    live.delete(keyOf(prompt))
    const wanted = new Set([...langs, ...prompt.variants.keys()])
    return [...wanted].map((lang) =>
      view(prompt, lang, prompt.variants.get(lang), inLive?.variants.get(lang)),
    )
  })
  const onlyLive = [...live.values()].flatMap((prompt) =>
    [...prompt.variants].map(([lang, variant]) => ({
      ...view(prompt, lang, variant, variant),
      inDraft: false,
    })),
  )
  return [...drafted, ...onlyLive]

  function view(
    { block, field }: WrittenPrompt,
    lang: string,
    variant: WrittenVariant | undefined,
    liveVariant: WrittenVariant | undefined,
  ): PromptView {
    const text = variant?.text ?? ''
    const label = block === undefined ? undefined : labels.get(block)
    const mediaId = variant?.audio?.mediaId
    const durationMs = mediaId === undefined ? undefined : lengths.get(mediaId)
    const at = { flowId: flow.id, ...(block !== undefined && { block }), field, lang }
    return {
      ...at,
      fileName: fileNameOf(at),
      flowName: flow.name,
      ...(label && { label }),
      ...fieldNameOf(flow.draft, block, field),
      text,
      spoken: forTheEar(variant?.speak ?? text, lang),
      variables: /\{\{/.test(variant?.speak ?? text),
      state: stateOf(variant),
      ...(mediaId !== undefined && { mediaId }),
      ...(durationMs !== undefined && { durationMs }),
      inDraft: true,
      ...variant?.choice,
      flowVoice: voiceIn([{ voices }], lang),
      live: !liveVariant ? 'absent' : isSame(lang, variant, liveVariant) ? 'same' : 'differs',
    }
  }

  function isSame(lang: string, variant: WrittenVariant | undefined, live: WrittenVariant) {
    if (!same(variant, live)) return false
    // a recording sounds alike whoever speaks for the flow
    if (live.audio) return true
    const [now, then] = [
      voiceIn([{ voices }], lang, variant?.choice),
      voiceIn([{ voices: liveVoices }], lang, live.choice),
    ]
    return now.voice === then.voice && (now.speed ?? 1) === (then.speed ?? 1)
  }
}

function stateOf(variant: WrittenVariant | undefined): PromptView['state'] {
  if (!variant?.text.trim()) return 'missing'
  if (!variant.audio) return 'synthetic'
  return variant.audio.ofText === textHash(variant.text) ? 'recorded' : 'stale'
}

const same = (a: WrittenVariant | undefined, b: WrittenVariant) =>
  a?.text === b.text && a.speak === b.speak && a.audio?.mediaId === b.audio?.mediaId

const keyOf = ({ block, field }: WrittenPrompt) => `${block ?? ''} ${field}`

function langsOf(doc: unknown): string[] {
  const langs: unknown = (doc as { langs?: unknown } | undefined)?.langs
  return Array.isArray(langs) ? langs.filter((lang) => typeof lang === 'string') : []
}

/** What people call the blocks. */
function labelsOf(doc: unknown): Map<string, string> {
  const { blocks } = (doc ?? {}) as { blocks?: Record<string, { label?: unknown } | null> }
  return new Map(
    Object.entries(blocks ?? {}).flatMap(([id, block]) =>
      typeof block?.label === 'string' ? [[id, block.label] as const] : [],
    ),
  )
}
