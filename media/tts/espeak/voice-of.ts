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

export const espeakVoices = [
  { id: 'cmn-latn-pinyin', locale: 'zh-CN', name: 'espeak 普通话' },
  { id: 'en-us', locale: 'en', name: 'espeak English' },
  { id: 'en-gb', locale: 'en-GB', name: 'espeak British English' },
  { id: 'yue', locale: 'yue', name: 'espeak 粵語' },
  { id: 'ja', locale: 'ja', name: 'espeak 日本語(かな)' },
  { id: 'ko', locale: 'ko', name: 'espeak 한국어' },
]
