/** Google's name of a language, and the voice taken where the operator names none. */
const LANGUAGES: Record<string, [language: string, voice: string]> = {
  zh: ['cmn-CN', 'cmn-CN-Chirp3-HD-Aoede'],
  'zh-tw': ['cmn-TW', 'cmn-TW-Standard-A'],
  // Chirp3-HD does not speak Cantonese (facts/speech.md §4)
  yue: ['yue-HK', 'yue-HK-Standard-A'],
  en: ['en-US', 'en-US-Chirp3-HD-Aoede'],
  'en-gb': ['en-GB', 'en-GB-Chirp3-HD-Aoede'],
  ja: ['ja-JP', 'ja-JP-Chirp3-HD-Aoede'],
  ko: ['ko-KR', 'ko-KR-Chirp3-HD-Aoede'],
}

export const googleDefaults = Object.entries(LANGUAGES).map(([locale, [, voice]]) => ({
  id: voice,
  locale,
  name: voice,
}))

/** zh-HK and zh-MO are spoken in Cantonese on the telephone. */
function languageOf(locale: string): [string, string] | undefined {
  const tag = locale.toLowerCase()
  if (/^zh-(?:yue|(?:hant-)?(?:hk|mo))/.test(tag)) return LANGUAGES.yue
  if (/^zh-(?:hant-)?tw$/.test(tag)) return LANGUAGES['zh-tw']
  if (tag.startsWith('cmn')) return LANGUAGES.zh
  return LANGUAGES[tag] ?? LANGUAGES[tag.split('-')[0]!]
}

const GOOGLE_NAME = /^([a-z]{2,3}-[A-Z]{2})-[\w-]+$/

export const isGoogleName = (voice: string) => GOOGLE_NAME.test(voice)

/**
 * The voice for a request: one asked for by Google's name, the operator's choice for the locale, else the
 * default of the language. undefined for languages not known here that the operator has not named either.
 */
export function googleVoiceFor(
  locale: string,
  wanted: string | undefined,
  chosen: Record<string, string>,
): string | undefined {
  if (wanted && isGoogleName(wanted)) return wanted
  const family = locale.split('-')[0]!
  return chosen[locale] ?? chosen[family] ?? languageOf(locale)?.[1]
}

/** "cmn-CN" of "cmn-CN-Chirp3-HD-Aoede" */
export function languageCodeOf(voice: string, locale: string): string {
  return GOOGLE_NAME.exec(voice)?.[1] ?? languageOf(locale)?.[0] ?? locale
}

/** Only these voices stream. */
export const streams = (voice: string) => voice.includes('Chirp3-HD') || voice.includes('Chirp-HD')

/** Of `SsmlVoiceGender`, which comes by its name or its number; NEUTRAL and unspecified tell nothing. */
export function sexOf(gender: unknown): { sex?: 'female' | 'male' } {
  if (gender === 'FEMALE' || gender === 2) return { sex: 'female' }
  return gender === 'MALE' || gender === 1 ? { sex: 'male' } : {}
}
