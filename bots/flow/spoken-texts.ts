import { startState, turn } from './engine.ts'
import type { Lang } from './schema.ts'
import type { PublishedFlow } from './state.ts'

export interface SpokenText {
  text: string
  lang: Lang
  voice?: string
  speed?: number
}

/**
 * What a flow says by telephone whoever calls, so that it can be synthesised beforehand: every block is
 * entered once in every language, and what it says without knowing anybody is taken down.
 */
export function spokenTexts(flow: PublishedFlow): SpokenText[] {
  const world = {
    ...strangersWorld,
    flow: (id: string) => (id === flow.id ? flow : undefined),
  }
  const found = new Map<string, SpokenText>()
  for (const lang of flow.doc.langs) {
    for (const block of Object.keys(flow.doc.blocks)) {
      const state = startState(flow, { lang })
      state.frames[0]!.block = block
      const { effects } = turn(state, { in: 'start' }, world)
      for (const effect of effects) {
        if (effect.fx !== 'say' || effect.audio || effect.personal) continue
        const { lang, voice, speed } = effect
        const text = effect.speak ?? effect.text
        if (!text) continue
        const chosen = {
          ...(voice !== undefined && { voice }),
          ...(speed !== undefined && { speed }),
        }
        found.set([lang, voice, speed, text].join('|'), { text, lang, ...chosen })
      }
    }
  }
  return [...found.values()]
}

/** A caller nobody knows, on a day like any other; other flows are taken down by themselves. */
const strangersWorld = {
  channel: 'voice' as const,
  nowMs: 0,
  contact: {},
  conversationId: 'beforehand',
  hours: () => 'open' as const,
  maxSteps: 20,
}
