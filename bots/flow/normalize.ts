const CJK = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}'
const spaceAtCjk = new RegExp(`(?<=[${CJK}]) | (?=[${CJK}])`, 'gu')

/** Longest text the matchers look at; a person who writes more is telling a story, not choosing. */
const MAX_TEXT = 1000

/**
 * One spelling for comparing: full width folded, lower case, no punctuation. Speech recognisers
 * put spaces between Chinese words, people do not, so spaces next to CJK letters go too.
 */
export function normalize(text: string): string {
  return text
    .slice(0, MAX_TEXT)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[\p{P}\p{S}\s]+/gu, ' ')
    .trim()
    .replace(spaceAtCjk, '')
}

/** The telephone keys a text consists of, also in full width; undefined if it is anything else. */
export function asKeys(text: string): string | undefined {
  if (text.length > 40) return undefined
  const keys = text.normalize('NFKC').trim()
  return /^[0-9*#]+$/.test(keys) ? keys : undefined
}

/** Is `phrase` in `text` (both normalized)? Latin words only as whole words: "no" is not in "know". */
export function containsPhrase(text: string, phrase: string): boolean {
  return phrasePosition(text, phrase) >= 0
}

export function phrasePosition(text: string, phrase: string): number {
  if (!phrase) return -1
  const latin = /^[\p{Script=Latin}\d ]+$/u.test(phrase)
  for (let at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + 1)) {
    if (!latin) return at
    const before = text[at - 1] ?? ' '
    const after = text[at + phrase.length] ?? ' '
    if (!isLatin(before) && !isLatin(after)) return at
  }
  return -1
}

const isLatin = (char: string) => /[\p{Script=Latin}\d]/u.test(char)
