/** Takes out of somebody's words what may name them: numbers, however they are said, and addresses. */

const MAX_CHARS = 100
const MASK = '•'

const zhDigit = '[零〇○一二两三四五六七八九幺]'
const enDigit = '(?:oh|zero|one|two|three|four|five|six|seven|eight|nine|double|triple)'
/** three and more digits in a row are a number of something: a telephone, a room, an identity card */
const spokenNumbers = new RegExp(
  `${zhDigit}(?:[\\s,、-]*${zhDigit}){2,}|\\b${enDigit}(?:[\\s,-]+${enDigit}\\b){2,}`,
  'giu',
)
const addresses = /[^\s@]+@[^\s@]+|\bhttps?:\/\/\S+/giu
const digits = /\p{Nd}/gu

/** @returns nothing when nothing is left that tells anything */
export function maskWords(said: string): string | undefined {
  const masked = said
    .normalize('NFKC')
    .replace(addresses, MASK)
    .replace(spokenNumbers, MASK)
    .replace(digits, MASK)
    .replace(/[\s\p{C}]+/gu, ' ')
    .trim()
  const cut = [...masked].slice(0, MAX_CHARS).join('')
  return /[\p{L}]/u.test(cut) ? cut : undefined
}
