import type { Rule } from '../plain-text.ts'
import { cardinal, digitByDigit } from './cardinal.ts'
import { TO } from './numerals.ts'

const year = (digits: string) => `${digitByDigit(digits, '一')}年`
const monthAndDay = (month: string, day: string) => `${cardinal(month)}月${cardinal(day)}日`

const isDate = (month: string, day: string) =>
  Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= 31

const NOT_IN_NUMBER = '(?<![\\d.A-Za-z-])'

const FULL_DATE = new RegExp(
  `${NOT_IN_NUMBER}(\\d{4})([-/.])(\\d{1,2})\\2(\\d{1,2})(?![\\d-])(?:T(?=\\d\\d:))?`,
  'g',
)
const YEAR_MONTH = new RegExp(`${NOT_IN_NUMBER}((?:19|20)\\d\\d)[-/](0[1-9]|1[0-2])(?![\\d-])`, 'g')
/** 2025-2026年, 1368–1644 */
const YEARS = new RegExp(`(?<!\\d)((?:1\\d|20)\\d\\d)年?${TO}((?:1\\d|20)\\d\\d)(年)`, 'g')
/** 3000年 is a time long; 1400年历史 too */
const YEAR = /(?<![\d.,])((?:1[0-9]|20|21)\d\d)年(?!(?:的|悠久的?)?(?:历史|前|之久|以上|古))/g
const BEFORE_CHRIST = /(公元前?)(\d{1,4})年/g
/** 10月1日-7日, 10月1-7日, 10月1日至10月7日 */
const DAYS = new RegExp(`(\\d{1,2})月(\\d{1,2})[日号]?${TO}(?:(\\d{1,2})月)?(\\d{1,2})(日|号)`, 'g')

/** 周一-周五; 11月22日-11月25日, by now in words */
const BETWEEN_DAYS = new RegExp(
  `((?:周|星期)[一二三四五六日天]|[一二三四五六七八九十][日号年月])${TO}(?=周|星期|[零一二三四五六七八九十]{1,4}[年月日号])`,
  'g',
)

/** Dates: the year digit by digit, month and day counted. 2026-11-22, 2026/11/22, 2026年11月22日, ISO */
export const dates: Rule = (text) =>
  text
    .replace(FULL_DATE, (all, y: string, _mark, month: string, day: string) =>
      isDate(month, day) ? year(y) + monthAndDay(month, day) : all,
    )
    .replace(YEARS, (_all, from: string, to: string) => `${digitByDigit(from, '一')}到${year(to)}`)
    .replace(YEAR_MONTH, (_all, y: string, month: string) => `${year(y)}${cardinal(month)}月`)
    .replace(BEFORE_CHRIST, (_all, era: string, y: string) => era + year(y))
    .replace(YEAR, (_all, y: string) => year(y))
    .replace(
      DAYS,
      (_all, month: string, day: string, last: string | undefined, to: string, unit: string) => {
        const until = (last ? `${cardinal(last)}月` : '') + cardinal(to)
        return `${cardinal(month)}月${cardinal(day)}${unit}到${until}${unit}`
      },
    )
    .replace(/(\d{1,2})月(\d{1,2})(日|号)/g, (_all, month: string, day: string, unit: string) => {
      return `${cardinal(month)}月${cardinal(day)}${unit}`
    })
    .replace(BETWEEN_DAYS, '$1到')
