import { asKeys, normalize, phrasePosition } from './normalize.ts'
import { chineseNumber, englishOrdinal, numbersIn } from './numerals.ts'
import type { Choice, Lang } from './schema.ts'

/** What the matcher needs to know of a choice; menu, enum, language and survey all have it. */
export type Option = Pick<Choice, 'id' | 'dtmf'> & {
  label: Choice['label']
  say?: Choice['say']
}

/**
 * Which option does a text mean? In this order: a key, the whole text as a phrase, a number or
 * position (三号, 第二个, number two), a phrase contained in the text if only one option has one.
 * @param strict leave out the last step
 */
export function matchOption<T extends Option>(
  options: readonly T[],
  text: string,
  lang: Lang,
  strict = false,
): T | undefined {
  const keys = asKeys(text)
  if (keys !== undefined) return byKey(options, keys)
  const heard = normalize(text)
  if (!heard) return undefined
  return (
    byPhrase(options, heard, lang) ??
    byNumber(options, heard) ??
    (strict ? undefined : byContainedPhrase(options, heard, lang))
  )
}

function byKey<T extends Option>(options: readonly T[], keys: string): T | undefined {
  const exact = options.find((option) => option.dtmf === keys)
  if (exact) return exact
  // Options without keys are counted, as people count what they see.
  return options.some((option) => option.dtmf) ? undefined : options[Number(keys) - 1]
}

function byPhrase<T extends Option>(options: readonly T[], heard: string, lang: Lang) {
  return (
    options.find((option) => phrases(option, lang).includes(heard)) ??
    options.find((option) => phrases(option).includes(heard))
  )
}

const POSITION = /^(?:选|要|我要|我选)?第([\d一二三四五六七八九十]{1,3})(?:个|项|条)?$/
const NUMBERED =
  /^(?:请?按|选|选择|我要|我选|要)?([\d零一幺二两三四五六七八九十]{1,3})(?:号键?|键|个|项)?$/
const ENGLISH_NUMBERED = /^(?:number|option|press|choice|key) ([a-z]+|\d{1,2})$/
const DIGIT_WORDS = 'zero one two three four five six seven eight nine'.split(' ')
const ENGLISH_POSITION = /^(?:the )?([a-z]+)(?: (?:one|option))?$/

function byNumber<T extends Option>(options: readonly T[], heard: string): T | undefined {
  const position = POSITION.exec(heard)?.[1]
  if (position) return options[numeral(position) - 1]
  const number = NUMBERED.exec(heard)?.[1] ?? ENGLISH_NUMBERED.exec(heard)?.[1]
  if (number) return byKey(options, String(numeral(number)))
  const bare = /^(?:press )?([a-z]+)$/.exec(heard)?.[1]
  const key = bare === 'oh' ? 0 : bare === undefined ? -1 : DIGIT_WORDS.indexOf(bare)
  if (key >= 0) return byKey(options, String(key))
  const ordinal = englishOrdinal(ENGLISH_POSITION.exec(heard)?.[1] ?? '')
  return ordinal ? options[ordinal - 1] : undefined
}

function numeral(text: string): number {
  if (/^\d+$/.test(text)) return Number(text)
  return chineseNumber(text) ?? numbersIn(text)[0] ?? NaN
}

function byContainedPhrase<T extends Option>(options: readonly T[], heard: string, lang: Lang) {
  const hits = options.flatMap((option) =>
    phrases(option, lang)
      .filter((phrase) => phrase.length > 1 && saidPositively(heard, phrase))
      .map((phrase) => ({ option, phrase })),
  )
  // 投诉进度 also contains 投诉: the longer phrase is the one that was meant.
  const longest = hits.filter(
    (hit) =>
      !hits.some((other) => other.phrase !== hit.phrase && other.phrase.includes(hit.phrase)),
  )
  const [first] = longest
  return longest.every((hit) => hit.option === first?.option) ? first?.option : undefined
}

/** 不要投诉, "not a complaint": named only to be ruled out. */
const NEGATED = /(?:[不别没非]|不是|不要|不想|不用|not|not a|dont|dont want|no) ?$/

function saidPositively(heard: string, phrase: string): boolean {
  const at = phrasePosition(heard, phrase)
  return at >= 0 && !NEGATED.test(heard.slice(Math.max(0, at - 10), at))
}

const QUESTION =
  /[?？]|吗|呢|什么|怎么|怎样|多少|几点|几号|多久|哪|能不能|可不可以|是否|\b(?:why|what|when|where|how|which|who|can i|do i|is there|are there)\b/i

/**
 * 景区几点开门? names a choice (景区) but asks something. A menu that has somewhere to send
 * questions must not swallow it.
 */
export function looksLikeQuestion(text: string): boolean {
  return QUESTION.test(text)
}

/** Documents never change, so what is compiled from one is kept as long as its objects live. */
const compiled = new WeakMap<object, Map<string, string[]>>()
const ALL = ''

/** Everything one may say for an option, normalized; in one language or in all. */
export function phrases(option: Option, lang: Lang = ALL): string[] {
  let byLang = compiled.get(option.label)
  if (!byLang) compiled.set(option.label, (byLang = new Map()))
  let list = byLang.get(lang)
  if (!list) {
    const pick = <V>(record: Record<Lang, V> | undefined): V[] => {
      if (!record) return []
      return lang === ALL ? Object.values(record) : record[lang] === undefined ? [] : [record[lang]]
    }
    list = [...pick(option.label), ...pick(option.say).flat()].map(normalize).filter(Boolean)
    byLang.set(lang, list)
  }
  return list
}
