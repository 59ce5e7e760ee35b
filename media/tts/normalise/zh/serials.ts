import { digitGroups } from '../digit-groups.ts'
import type { Rule } from '../plain-text.ts'
import { cardinal, digitByDigit } from './cardinal.ts'

/** Letters and digits in one word, maybe with hyphens: T20261122-0013, CA1234, 5A, B1, G8 */
const SERIAL =
  /(?<![\p{Script=Latin}\d.])(?=[A-Za-z\d-]*\d)(?=[A-Za-z\d-]*[A-Za-z])[A-Za-z\d]+(?:-[A-Za-z\d]+)*(?![\p{Script=Latin}\d])/gu

/** A word and a number, not a serial: WiFi6, iPhone15, COVID-19 */
const WORD_AND_NUMBER =
  /^((?=[A-Za-z]*[aeiouAEIOU])(?:[A-Z]{4,}|[A-Za-z]*[a-z][A-Za-z]+))-?(\d{1,2})$/

/** Serials of tickets, flights, trains: letters by name, three digits or more one by one, fewer counted. */
export function serials(one: '幺' | '一'): Rule {
  const part = (characters: string) => {
    if (/[A-Za-z]/.test(characters)) return [...characters.toUpperCase()].join(' ')
    if (characters.length <= 2 && !characters.startsWith('0')) return cardinal(characters)
    return digitGroups(characters)
      .map((group) => digitByDigit(group, one))
      .join('，')
  }
  return (text) =>
    text.replace(SERIAL, (serial: string) => {
      const [, word, number] = WORD_AND_NUMBER.exec(serial) ?? []
      if (word && number) return `${word} ${cardinal(number)}`
      return serial
        .split('-')
        .map((group) => (group.match(/[A-Za-z]+|\d+/g) ?? []).map(part).join(' '))
        .join('，')
    })
}
