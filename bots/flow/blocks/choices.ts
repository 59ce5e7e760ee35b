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

const YES_NO: Record<Lang, [string, string]> = {
  'zh-CN': ['是', '不是'],
  en: ['Yes', 'No'],
  ja: ['はい', 'いいえ'],
  ko: ['네', '아니요'],
}

/** Quick replies under a question to be confirmed; the slot understands the ids as words. */
export function yesNoChoices(turn: Turn): ShownChoice[] {
  const [yes, no] = inLang(YES_NO, turn.state.lang, 'zh-CN')?.entry ?? ['是', '不是']
  return [
    { id: 'yes', key: '1', label: yes },
    { id: 'no', key: '2', label: no },
  ]
}
