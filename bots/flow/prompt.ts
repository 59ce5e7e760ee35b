import type { SayExtra } from './block.ts'
import { inLang } from './per-lang.ts'
import type { Card, Prompt } from './schema.ts'
import type { EffectOf } from './state.ts'
import { render } from './template.ts'
import type { Lookup } from './template.ts'
import type { Turn } from './turn.ts'

/** A prompt as it is said now: in this language, on this channel, with its variables filled in. */
export function sayEffect(
  prompt: Prompt,
  turn: Turn,
  extra: SayExtra,
): EffectOf<'say'> | undefined {
  const { state, context, lookup } = turn
  const found = inLang(prompt, state.lang, turn.doc?.defaultLang ?? state.lang)
  if (!found) return undefined
  const { lang, entry: variant } = found
  const own = variant.by?.[context.channel]
  const voice = context.channel === 'voice'
  const audio = voice ? variant.audio?.mediaId : undefined
  const others = variant.alternatives ?? []
  // a recording speaks the first wording, so the text beside it must be that one
  const pick = audio ? 0 : state.turn % (others.length + 1)
  const wording = own?.text ?? (pick === 0 ? variant.text : (others[pick - 1] ?? variant.text))
  const cards = own?.cards ?? variant.cards
  const say: EffectOf<'say'> = {
    fx: 'say',
    block: turn.frame.block,
    text: render(wording, lookup),
    lang,
    ...extra,
  }
  if (voice && variant.speak && wording === variant.text) say.speak = render(variant.speak, lookup)
  if (audio) say.audio = audio
  if (cards) say.cards = cards.map((card) => fillCard(card, lookup))
  return say.text || audio || cards || extra.choices ? say : undefined
}

function fillCard(card: Card, lookup: Lookup): Card {
  const filled: Card = { title: render(card.title, lookup) }
  if (card.text !== undefined) filled.text = render(card.text, lookup)
  if (card.image !== undefined) filled.image = render(card.image, lookup)
  if (card.url !== undefined) filled.url = render(card.url, lookup)
  if (card.geo)
    filled.geo = { lat: render(card.geo.lat, lookup), lng: render(card.geo.lng, lookup) }
  return filled
}
