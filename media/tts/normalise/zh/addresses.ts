import type { Rule } from '../plain-text.ts'
import { EMAIL, URL_TEXT, wordsOf, withoutWays } from '../addresses.ts'
import { digitByDigit } from './cardinal.ts'

const MARKS: Record<string, string> = {
  '.': '点',
  '-': '横杠',
  _: '下划线',
  '/': '斜杠',
  '@': '艾特',
}

const spoken = (address: string) =>
  ` ${wordsOf(address)
    .map((word) => MARKS[word] ?? (/^\d/.test(word) ? digitByDigit(word, '一') : word))
    .join(' ')} `

/** a.li@example.com → a 点 li 艾特 example 点 com; of a web address host and short path */
export const addresses: Rule = (text) =>
  text
    .replace(EMAIL, (address: string) => spoken(address))
    .replace(URL_TEXT, (address: string) => spoken(withoutWays(address)))
