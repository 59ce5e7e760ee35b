const SPOKEN_DIGITS: Record<string, string[]> = {
  zh: ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'],
  en: ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'],
}

/**
 * Phrases of a menu as they are spoken: lower case, no punctuation, digits as words one by one; where a 1 may
 * be said in Chinese, 幺 may be said too.
 * @param locale BCP-47; digits of languages not known here stay as they are
 */
export function spokenPhrases(phrases: string[], locale: string): string[] {
  const digits = SPOKEN_DIGITS[locale.split('-')[0]!.toLowerCase()]
  const spoken = new Set<string>()
  for (const phrase of phrases) {
    const words = phrase.toLowerCase().replace(/[^\p{L}\p{N}']+/gu, ' ')
    const said = words
      .replace(/[0-9]/g, (digit) => (digits ? ` ${digits[Number(digit)]!} ` : digit))
      .replace(/\s+/g, ' ')
      .trim()
    if (said) spoken.add(said)
    if (digits === SPOKEN_DIGITS['zh'] && /1/.test(phrase)) spoken.add(said.replaceAll('一', '幺'))
  }
  return [...spoken]
}
