import { EMAIL, URL_TEXT, withoutWays, wordsOf } from '../addresses.ts'
import type { Rule } from '../plain-text.ts'
import { digitByDigit } from './cardinal.ts'

const MARKS: Record<string, string> = {
  '.': 'dot',
  '-': 'dash',
  _: 'underscore',
  '/': 'slash',
  '@': 'at',
}

const spoken = (address: string) =>
  ` ${wordsOf(address)
    .map((word) => MARKS[word] ?? (/^\d/.test(word) ? digitByDigit(word) : word))
    .join(' ')} `

/** a.li@example.com → A dot L I at example dot com; of a web address host and short path */
export const addresses: Rule = (text) =>
  text
    .replace(EMAIL, (address: string) => spoken(address))
    .replace(URL_TEXT, (address: string) => spoken(withoutWays(address)))
