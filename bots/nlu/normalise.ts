/**
 * One spelling for text that means the same: full-width and half-width forms, case, quotes and
 * punctuation. Traditional characters stay as they are; the pinyin repair bridges them.
 */
export function normalise(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[’‘`´]/g, "'")
    .replace(/(\p{L})'(?=\p{L})/gu, '$1') // don't → dont, so that a contraction is one word
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

export interface Run {
  kind: 'han' | 'word'
  text: string
}

const RUNS = /(\p{Script=Han}+)|([^\p{Script=Han}\s]+)/gu

/** Splits normalised text into stretches of Chinese characters and single other words. */
export function runsOf(normalised: string): Run[] {
  return [...normalised.matchAll(RUNS)].map((m) =>
    m[1] ? { kind: 'han', text: m[1] } : { kind: 'word', text: m[2]! },
  )
}
