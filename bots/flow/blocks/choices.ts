import type { Option } from '../match.ts'
import { inLang } from '../per-lang.ts'
import type { Lang } from '../schema.ts'
import type { ShownChoice } from '../state.ts'
import type { Turn } from '../turn.ts'

/** Options as quick replies. */
export function showChoices(options: readonly Option[], turn: Turn): ShownChoice[] {
  return options.map(({ id, dtmf, label }) => ({
    id,
    ...(dtmf === undefined ? {} : { key: dtmf }),
    label: turn.text(label),
  }))
}

/** How many keys to wait for; one digit must not wait for a second that cannot come. */
export function longestKey(options: readonly Option[]): number {
  return Math.max(1, ...options.map(({ dtmf }) => dtmf?.length ?? 0))
}

type Labels = Record<Lang, [string, string]>

const YES_NO: Labels = {
  'zh-CN': ['是', '不是'],
  en: ['Yes', 'No'],
  ja: ['はい', 'いいえ'],
  ko: ['네', '아니요'],
}
/** After something was read back: 您的号码是…,对吗? */
const RIGHT_WRONG: Labels = { ...YES_NO, 'zh-CN': ['对', '不对'] }

/** Quick replies under a question to be answered by yes or no; the slot understands the ids as words. */
export function yesNoChoices(turn: Turn, kind: 'yes' | 'right' = 'yes'): ShownChoice[] {
  return labelled(kind === 'right' ? RIGHT_WRONG : YES_NO, ['yes', 'no'], turn)
}

/** Two built-in choices, on keys 1 and 2. */
export function labelled(labels: Labels, ids: [string, string], turn: Turn): ShownChoice[] {
  const words = inLang(labels, turn.state.lang, 'zh-CN')?.entry ?? ids
  return ids.map((id, index) => ({ id, key: String(index + 1), label: words[index] ?? id }))
}

const NONE: Record<Lang, string> = {
  'zh-CN': '都不是',
  en: 'None of these',
  ja: 'どれでもない',
  ko: '해당 없음',
}
export const noneOfThese = (lang: Lang): Record<Lang, string> => ({
  [lang]: inLang(NONE, lang, 'zh-CN')?.entry ?? '',
})

/** Everything one may say for some options, in the language of the moment. */
export function choiceHints(options: readonly Option[], turn: Turn): string[] {
  return options.flatMap(({ label, say }) => [turn.text(label), ...(say?.[turn.state.lang] ?? [])])
}
