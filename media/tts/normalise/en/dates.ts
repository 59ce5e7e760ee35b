import type { Rule } from '../plain-text.ts'
import { ordinal, yearOf } from './cardinal.ts'
import { TO } from './numerals.ts'

const MONTHS =
  'January February March April May June July August September October November December'.split(' ')
/** May is a name of its own; Sept is the one with four letters */
const MONTH = `(${MONTHS.map((name) => (name === 'May' ? name : `${name.slice(0, 3)}(?:${name.slice(3)})?`)).join('|')}|Sept)(?:\\.(?=,? ?\\d))?`
const DAY = String.raw`(0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?`
const NOT_IN_NUMBER = '(?<![\\d.A-Za-z-])'

const ISO = new RegExp(
  `${NOT_IN_NUMBER}(\\d{4})([-/.])(\\d{1,2})\\2(\\d{1,2})(?![\\d-])(?:T(?=\\d\\d:))?`,
  'g',
)
const SLASHED = /(?<![\d/.-])(\d{1,2})\/(\d{1,2})\/(\d{4})(?![\d/])/g
const MONTH_FIRST = new RegExp(
  `\\b${MONTH} ${DAY}(?:(?:${TO})${DAY})?(?![\\d:])(?:,? (\\d{4})(?!\\d))?`,
  'g',
)
const DAY_FIRST = new RegExp(
  `(?<!\\d)${DAY}(?:(?:${TO})${DAY})? (?:of )?${MONTH}(?![a-z])(?:,? (\\d{4})(?!\\d))?`,
  'g',
)
const MONTH_YEAR = new RegExp(`\\b${MONTH} ((?:1[0-9]|20|21)\\d\\d)(?!\\d)`, 'g')
const YEARS = new RegExp(
  `(?<![\\d$¥€£.,-])((?:1[5-9]|20)\\d\\d)(?:${TO})((?:1[5-9]|20)\\d\\d)(?![\\d,.-])`,
  'g',
)
const YEAR =
  /\b(in|since|until|year|by|from|of|before|after|during|spring|summer|autumn|winter) ((?:1[0-9]|20|21)\d\d)(?![\d,:-]|\.\d)(?! (?:yuan|people|RMB|visitors|meters|metres|years|km|steps|rooms|tickets|warriors))/gi
/** Expo 2026 */
const NAMED_YEAR =
  /(?<=\p{Lu}\p{Ll}{2,20} )(?:19|20)\d\d(?=[.,;!?)]|$| (?:is|was|will|in|on|at)\b)/gu
const BEFORE_CHRIST = /(?<!\d)(\d{3,4}) ?(BCE?|AD|CE)\b/g

const monthOf = (written: string) => {
  const index = MONTHS.findIndex((name) => name.startsWith(written.slice(0, 3)))
  return MONTHS[index]!
}
const named = (month: string, day: string, to?: string, year?: string) =>
  `${month} ${ordinal(day)}${to ? ` to ${ordinal(to)}` : ''}${year ? `, ${yearOf(year)}` : ''}`

const isDate = (month: string, day: string) =>
  Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= 31

const fromNumbers = (year: string, month: string, day: string, otherwise: string) =>
  isDate(month, day) ? named(MONTHS[Number(month) - 1]!, day, undefined, year) : otherwise

/** Dates and years: 2026-11-22, 11/22/2026, Nov 22, 22 November 2026, in 1999, 221 BC */
export const dates: Rule = (text) =>
  text
    .replace(ISO, (all, year: string, _mark, month: string, day: string) => {
      const spoken = fromNumbers(year, month, day, all)
      return spoken !== all && all.endsWith('T') ? `${spoken}, ` : spoken
    })
    // the month first as in America, unless it cannot be one
    .replace(SLASHED, (all, first: string, second: string, year: string) =>
      Number(first) > 12
        ? fromNumbers(year, second, first, all)
        : fromNumbers(year, first, second, all),
    )
    .replace(DAY_FIRST, (_all, day: string, to: string | undefined, month: string, year?: string) =>
      named(monthOf(month), day, to, year),
    )
    .replace(MONTH_YEAR, (_all, month: string, year: string) => `${monthOf(month)} ${yearOf(year)}`)
    .replace(MONTH_FIRST, (_all, month: string, day: string, to?: string, year?: string) =>
      named(monthOf(month), day, to, year),
    )
    .replace(
      BEFORE_CHRIST,
      (_all, year: string, era: string) =>
        `${year.length === 4 ? yearOf(year) : hundreds(year)} ${[...era].join(' ')}`,
    )
    .replace(YEARS, (_all, from: string, to: string) => `${yearOf(from)} to ${yearOf(to)}`)
    .replace(NAMED_YEAR, yearOf)
    .replace(YEAR, (_all, word: string, year: string) => `${word} ${yearOf(year)}`)

/** 221 → two twenty one */
const hundreds = (year: string) => yearOf(year.padStart(4, '0')).replace(/^zero /, '')
