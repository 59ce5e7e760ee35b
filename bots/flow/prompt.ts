import type { SayExtra } from './block.ts'
import { forTheEar } from './for-the-ear.ts'
import { inLang } from './per-lang.ts'
import { isPersonal } from './personal.ts'
import type { Card, Lang, Prompt } from './schema.ts'
import { namesKey, spokenChoices } from './spoken-choices.ts'
import type { EffectOf, ShownChoice } from './state.ts'
import { render } from './template.ts'
import type { Lookup } from './template.ts'
import type { Scope } from './scope.ts'

type Say = EffectOf<'say'>

/**
 * A prompt as it is said now: in this language, on this channel, with its variables filled in. By telephone
 * it is put into words for the ear, and choices whose keys it does not name are said after it.
 */
export function sayEffects(prompt: Prompt, scope: Scope, extra: SayExtra): Say[] {
  const { state, context, lookup } = scope
  const found = inLang(prompt, state.lang, scope.doc?.defaultLang ?? state.lang)
  if (!found) return []
  const { lang, entry: variant } = found
  const own = variant.by?.[context.channel]
  const voice = context.channel === 'voice'
  const audio = voice ? variant.audio?.mediaId : undefined
  const others = variant.alternatives ?? []
  // a recording speaks the first wording, so the text beside it must be that one
  const pick = audio ? 0 : state.turn % (others.length + 1)
  const wording = own?.text ?? (pick === 0 ? variant.text : (others[pick - 1] ?? variant.text))
  const forEar = voice && wording === variant.text ? variant.speak : undefined
  const { ear, ...shown } = extra
  const cards = voice ? undefined : (own?.cards ?? variant.cards)
  const say: Say = {
    fx: 'say',
    block: scope.frame.block,
    text: render(wording, lookup),
    lang,
    ...scope.voiceFor(lang, variant),
    ...(isPersonal(`${wording}${forEar ?? ''}`, scope) ? { personal: true } : {}),
    ...shown,
  }
  if (audio) say.audio = audio
  if (cards) say.cards = cards.map((card) => fillCard(card, lookup))
  if (!voice) return say.text || cards || extra.choices ? [say] : []
  const heard = forTheEar(forEar === undefined ? say.text : render(forEar, lookup), lang)
  const named = render((forEar ?? wording).replace(VALUES, ''), lookup)
  const unnamed = choicesToSay(named, forEar !== undefined, extra)
  return spokenSays(say, heard, offers(unnamed, state.lang, ear?.ownLang), scope)
}

/** A text of a service or a coded dialog, as it is. */
export function textSays(text: string, scope: Scope, extra: SayExtra): Say[] {
  const { ear: _ear, ...shown } = extra
  const { lang } = scope.state
  const { block } = scope.frame
  const say: Say = { fx: 'say', block, text, lang, ...scope.voiceFor(lang), ...shown }
  return scope.context.channel === 'voice'
    ? spokenSays(say, forTheEar(text, lang), [], scope)
    : [say]
}

/** A number read back (1 3 9 …) names no key; the choices an intent block lists do. */
const VALUES = /\{\{(?!\s*offers\b)[^{}]*\}\}/g

/** Which choices the caller has not been told the key of. */
function choicesToSay(said: string, worded: boolean, { choices, ear }: SayExtra): ShownChoice[] {
  if (!choices || ear?.sayChoices === false) return []
  if (ear?.sayChoices) return choices
  if (worded) return []
  const keyed = choices.some(({ key }) => key !== undefined)
  return choices.filter(({ key }, index) => {
    if (keyed) return key !== undefined && !namesKey(said, key)
    return !namesKey(said, String(index + 1))
  })
}

interface Offered {
  lang: Lang
  text: string
}

function offers(choices: ShownChoice[], lang: Lang, ownLang = false): Offered[] {
  const offered = ownLang
    ? choices.map((choice) => ({ lang: choice.id, text: spokenChoices([choice], choice.id) }))
    : [{ lang, text: spokenChoices(choices, lang) }]
  return offered.filter(({ text }) => text)
}

/** What follows the prompt is said in one breath with it, unless a recording or another language forbids. */
function spokenSays(say: Say, heard: string, offered: Offered[], scope: Scope): Say[] {
  const [first] = offered
  const together = first && first.lang === say.lang && !say.audio
  const speak = together ? join(heard, first.text, say.lang) : heard
  const { choices: _choices, ...plain } = say
  const apart = (together ? offered.slice(1) : offered).map(({ lang, text }): Say => ({
    fx: 'say',
    block: plain.block,
    text,
    lang,
    ...scope.voiceFor(lang),
  }))
  const own = { ...say, text: say.text || speak, ...(speak === say.text ? {} : { speak }) }
  return speak || say.audio ? [own, ...apart] : apart
}

function join(prompt: string, choices: string, lang: Lang): string {
  if (!prompt) return choices
  const cjk = /^(?:zh|ja|yue)/.test(lang)
  const stop = /[\p{P}]$/u.test(prompt) ? '' : cjk ? '。' : '.'
  return `${prompt}${stop}${cjk ? '' : ' '}${choices}`
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
