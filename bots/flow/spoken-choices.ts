import { inLang } from './per-lang.ts'
import type { Lang } from './schema.ts'
import type { ShownChoice } from './state.ts'

/** How one language offers choices by telephone. */
interface Offer {
  /** 按1 */
  keys: Record<string, string>
  say(choices: { label: string; key: string }[]): string
}

const listed = (choices: { label: string; key: string }[], one: (label: string, key: string) => string, by: string) => choices.map(({ label, key }) => one(label, key)).join(by) // prettier-ignore

const OFFERS: Record<Lang, Offer> = {
  zh: {
    keys: { '*': '星号键', '#': '井号键' },
    say: (choices) => `${listed(choices, (label, key) => `${label}请按${key}`, ',')}。`,
  },
  en: {
    keys: { '*': 'star', '#': 'hash' },
    say: (choices) => listed(choices, (label, key) => `For ${label}, press ${key}.`, ' '),
  },
  ja: {
    keys: { '*': '米印', '#': 'シャープ' },
    say: (choices) =>
      `${listed(choices, (label, key) => `${label}は${key}`, '、')}を押してください。`,
  },
  ko: {
    keys: { '*': '별표', '#': '우물정자' },
    say: (choices) =>
      `${listed(choices, (label, key) => `${label} ${key}번`, ', ')}을 눌러 주세요.`,
  },
}

/**
 * The choices as a telephone offers them: 咨询请按1,投诉请按2。 Those without a key can only be spoken and
 * are left out, unless none has one: then they are counted, as the matcher counts them.
 */
export function spokenChoices(choices: readonly ShownChoice[], lang: Lang): string {
  const offer = inLang(OFFERS, lang.split('-')[0] ?? '', 'en')?.entry
  const keyed = choices.some(({ key }) => key !== undefined)
  const offered = choices.flatMap(({ key, label }, index) => {
    const pressed = keyed ? key : String(index + 1)
    return pressed === undefined
      ? []
      : [{ label: label.replace(/[\p{P}\s]+$/u, ''), key: spelled(pressed, offer?.keys) }]
  })
  return offer && offered.length > 0 ? offer.say(offered) : ''
}

const spelled = (key: string, names: Record<string, string> = {}) =>
  [...key].map((each) => names[each] ?? each).join(' ')

const DIGITS = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九']
const WORDS = 'zero one two three four five six seven eight nine'.split(' ')
const NAMES: Record<string, RegExp> = {
  '*': /\*|星|star|米印|별/i,
  '#': /#|井|hash|pound|シャープ|우물/i,
}

/** Does a text tell which key to press? 8:30 and 100 are no keys. */
export function namesKey(text: string, key: string): boolean {
  const name = NAMES[key]
  if (name) return name.test(text)
  const literal = key.replace(/[*#]/g, '\\$&')
  if (new RegExp(`(?<![\\d:.])${literal}(?![\\d:]|\\.\\d)`).test(text)) return true
  if (!/^\d$/.test(key)) return false
  const [digit, word] = [DIGITS[Number(key)], WORDS[Number(key)]]
  return new RegExp(`按(?:数字)?(?:键)?${digit}|press(?:ing)? ${word}\\b`, 'i').test(text)
}
