import { customPinyin, pinyin } from 'pinyin-pro'

/**
 * Readings that pinyin-pro's dictionary has otherwise; neutral tones as they are spoken.
 * Anything a caller would notice belongs here.
 */
const LEXICON = {
  地方: 'dì fang',
  哪儿: 'nǎ er',
}

let loaded = false

/**
 * Hanzi as pinyin with tone numbers, 5 for the neutral tone, as espeak's `cmn-latn-pinyin` reads it:
 * "旅游热线" → "lv3 you2 re4 xian4". The sandhi of 一 and 不 is in it; that of two third tones espeak does.
 * Its own dictionary of hanzi reads 银行 as yín xíng and 重庆 as zhòng qìng (facts/speech.md §3).
 */
export function pinyinOf(hanzi: string): string {
  if (!loaded) {
    customPinyin(LEXICON)
    loaded = true
  }
  return pinyin(hanzi, { toneType: 'num', v: true, type: 'array', nonZh: 'removed' })
    .map((syllable) => syllable.replace(/0$/, '5'))
    .join(' ')
}
