import type { Voice } from '../tts.ts'

/** espeak's voices by the first part of a locale. Hanzi are spoken through pinyin: its `cmn` reads them wrongly. */
const VOICES: Record<string, string> = {
  zh: 'cmn-latn-pinyin',
  cmn: 'cmn-latn-pinyin',
  en: 'en-us',
  yue: 'yue',
  ja: 'ja',
  ko: 'ko',
}

export const MANDARIN = 'cmn-latn-pinyin'
export const ENGLISH = 'en-us'

/** The voice for a BCP-47 locale; undefined where espeak has none that is fit for callers. */
export function voiceOf(locale: string): string | undefined {
  const tag = locale.toLowerCase()
  // Hong Kong and Macau speak Cantonese on the telephone
  if (/^zh-(hant-)?(hk|mo)$/.test(tag) || tag.startsWith('zh-yue')) return 'yue'
  if (tag === 'en-gb') return 'en-gb'
  return VOICES[tag.split('-')[0]!]
}

/** `yue` of `yue+f2`: what it speaks; the rest is the manner, of espeak's own set of variants. */
export const baseOf = (voice: string): string => voice.split('+')[0]!

/** By its language alone a voice is not found; British English is called plain `en` there. */
export const engineNameOf = (voice: string): string => voice.replace(/^en-gb/, 'en')

/** The voices espeak has are men's; with this variant of pitch and formants they are heard as women's. */
const FEMALE = '+f2'

const spoken: [id: string, locale: string, name: string, female: string][] = [
  ['cmn-latn-pinyin', 'zh-CN', '普通话', '女声'],
  ['en-us', 'en', 'English', 'female'],
  ['en-gb', 'en-GB', 'British English', 'female'],
  ['yue', 'yue', '粵語', '女聲'],
  ['ja', 'ja', '日本語(かな)', '女声'],
  ['ko', 'ko', '한국어', '여성'],
]

export const espeakVoices: Voice[] = spoken.flatMap(([id, locale, name, female]): Voice[] => [
  { id, locale, name: `espeak ${name}`, sex: 'male' },
  { id: id + FEMALE, locale, name: `espeak ${name} ${female}`, sex: 'female' },
])
