import { digitGroups } from '../digit-groups.ts'
import type { Rule } from '../plain-text.ts'
import { cardinal, digitByDigit, ordinal, yearOf } from './cardinal.ts'
import { NUMBER, TO } from './numerals.ts'

const PARTS: Record<string, [string, string]> = {
  2: ['half', 'halves'],
  4: ['quarter', 'quarters'],
}
const RANGE = new RegExp(`(?<![\\d.])(${NUMBER})(?:${TO})(${NUMBER})(?![\\d-])`, 'g')

/** Numbers that no other rule has taken. */
export const numbers: Rule = (text) =>
  text
    .replace(/(?<!\d)(\d{1,4})(?:st|nd|rd|th)\b/g, (_all, digits: string) => ordinal(digits))
    .replace(/\b((?:1[5-9]|20)\d)0s\b/g, (_all, decade: string) => plural(yearOf(`${decade}0`)))
    .replace(/\bNos?\. ?(?=\d)/g, 'number ')
    .replace(/(?<![*#\w])#(?=\d)/g, 'number ')
    .replace(/\b24\/7\b/g, 'twenty four seven')
    .replace(/\d+(?:\.\d+){2,}/g, (all) => all.split('.').map(cardinal).join(' point '))
    .replace(/(?<![\d/.])(\d{1,3})\/(\d{1,3})(?![\d/.])/g, (_all, above: string, below: string) =>
      fraction(above, below),
    )
    .replace(/(?<![\d:])(\d{1,6}):(\d{1,6})(?![\d:])/g, (_all, one: string, other: string) => {
      return `${cardinal(one)} to ${cardinal(other)}`
    })
    .replace(/(?<![\d\p{L})])[-−](?=\d)/gu, 'minus ')
    .replace(RANGE, (_all, from: string, to: string) => `${cardinal(from)} to ${cardinal(to)}`)
    // long rows, and those that begin with 0, count nothing
    .replace(/(?<![\d.,])(?:0\d+|(?!\d{1,12}0{4}(?!\d))\d{9,})(?!\d|[.,]\d)/g, (digits) =>
      digitGroups(digits).map(digitByDigit).join(', '),
    )
    .replace(/(\d) ?[×x*] ?(?=\d)/g, '$1 times ')
    .replace(/(\d)\+/g, '$1 plus')
    .replace(new RegExp(NUMBER, 'g'), (number) => cardinal(number))

const plural = (words: string) => (words.endsWith('y') ? `${words.slice(0, -1)}ies` : `${words}s`)

function fraction(above: string, below: string): string {
  if (Number(above) >= Number(below) || Number(below) > 20) {
    return `${cardinal(above)} over ${cardinal(below)}`
  }
  const [one, many] = PARTS[below] ?? [ordinal(below), `${ordinal(below)}s`]
  return `${cardinal(above)} ${above === '1' ? one : many}`
}
