import { chineseNumber } from '../numerals.ts'
import { addDays, daysBetween, realDay, weekday } from './calendar.ts'
import type { Day } from './calendar.ts'

/** Which way an incomplete date (3 October, Friday) leans when the year or week is not said. */
export type Lean = 'future' | 'past' | 'nearest'

const RELATIVE: [RegExp, number][] = [
  [/大后天/, 3],
  [/day after tomorrow|后天|後天|あさって/, 2],
  [/tomorrow|明天|明日|明早|明晚|내일/, 1],
  [/大前天/, -3],
  [/day before yesterday|前天/, -2],
  [/yesterday|昨天|昨日|昨晚|어제/, -1],
  [/\btoday\b|\btonight\b|今天|今日|今晚|今早|当天|오늘/, 0],
]
const EN_WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const EN_MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')
const EN_MONTH = '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*'

/** The first day a sentence names, in Chinese or English, or in digits. */
export function findDay(sentence: string, today: Day, lean: Lean): Day | undefined {
  const text = sentence.normalize('NFKC').toLowerCase().slice(0, 200)
  const full = fullDate(text)
  // 2月30日 is no day at all, certainly not the 30th of this month
  if (full || MONTH_AND_DAY.test(text)) return full ?? monthAndDay(text, today, lean)
  return (
    monthAndDay(text, today, lean) ??
    relative(text, today) ??
    weekdayName(text, today, lean) ??
    dayOfMonth(text, today, lean)
  )
}

const MONTH_AND_DAY = /([\d一二三四五六七八九十]{1,2})月(?:份)?([\d一二三四五六七八九十]{1,3})/

function fullDate(text: string): Day | undefined {
  const digits =
    /(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})/.exec(text) ??
    /^\D*(\d{4})(\d\d)(\d\d)\D*$/.exec(text)
  if (digits) return realDay(Number(digits[1]), Number(digits[2]), Number(digits[3]))
  const spoken =
    /([零〇一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})/.exec(
      text,
    )
  if (spoken) return realDay(numeral(spoken[1]), numeral(spoken[2]), numeral(spoken[3]))
  const dayFirst = new RegExp(`(\\d{1,2})(?:st|nd|rd|th)? (?:of )?${EN_MONTH},? (\\d{4})`).exec(
    text,
  )
  if (dayFirst) return realDay(Number(dayFirst[3]), month(dayFirst[2]), Number(dayFirst[1]))
  const monthFirst = new RegExp(`${EN_MONTH} (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})`).exec(text)
  if (monthFirst) return realDay(Number(monthFirst[3]), month(monthFirst[1]), Number(monthFirst[2]))
  return undefined
}

function monthAndDay(text: string, today: Day, lean: Lean): Day | undefined {
  const chinese = MONTH_AND_DAY.exec(text)
  if (chinese) {
    const year = /去年/.test(text) ? -1 : /明年/.test(text) ? 1 : undefined
    const [m, d] = [numeral(chinese[1]), numeral(chinese[2])]
    return year === undefined ? inSomeYear(m, d, today, lean) : realDay(today.year + year, m, d)
  }
  const monthFirst = new RegExp(`\\b${EN_MONTH} (\\d{1,2})(?:st|nd|rd|th)?\\b`).exec(text)
  if (monthFirst) return inSomeYear(month(monthFirst[1]), Number(monthFirst[2]), today, lean)
  const dayFirst = new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)? (?:of )?${EN_MONTH}`).exec(text)
  if (dayFirst) return inSomeYear(month(dayFirst[2]), Number(dayFirst[1]), today, lean)
  const digits = /^\s*(\d{1,2})[-/.](\d{1,2})\s*$/.exec(text) ?? /^\s*(\d\d)(\d\d)\s*$/.exec(text)
  return digits ? inSomeYear(Number(digits[1]), Number(digits[2]), today, lean) : undefined
}

function relative(text: string, today: Day): Day | undefined {
  const later =
    /([\d一二两三四五六七八九十]{1,3})\s*天(?:之|以)?后/.exec(text) ??
    /in (\d{1,3}) days?/.exec(text)
  if (later) return addDays(today, numeral(later[1]))
  const earlier =
    /([\d一二两三四五六七八九十]{1,3})\s*天(?:之|以)?前/.exec(text) ??
    /(\d{1,3}) days? ago/.exec(text)
  if (earlier) return addDays(today, -numeral(earlier[1]))
  const word = RELATIVE.find(([pattern]) => pattern.test(text))
  return word && addDays(today, word[1])
}

function weekdayName(text: string, today: Day, lean: Lean): Day | undefined {
  const chinese = /(上上|下下|上|下|这|本)?个?(?:周|星期|礼拜)([一二三四五六日天])/.exec(text)
  const english =
    /(?:\b(last|next|this|coming) )?\b(mon|tue|wed|thu|fri|sat|sun)(?:day|sday|s|nesday|rsday|urday|r|rs)?\b/.exec(
      text,
    )
  const name = chinese?.[2] ?? english?.[2]
  if (!name) return undefined
  const index = chinese
    ? '一二三四五六日'.indexOf(name.replace('天', '日'))
    : EN_WEEKDAYS.indexOf(name)
  const monday = addDays(today, -weekday(today))
  const weeks: Record<string, number> = { 上上: -2, 上: -1, last: -1, 这: 0, 本: 0, this: 0 }
  Object.assign(weeks, { 下: 1, next: 1, 下下: 2 })
  const week = weeks[chinese?.[1] ?? english?.[1] ?? '']
  if (week !== undefined) return addDays(monday, week * 7 + index)
  const ahead = (index - weekday(today) + 7) % 7
  return addDays(today, lean === 'past' && ahead > 0 ? ahead - 7 : ahead)
}

/** 3号, "the 3rd": of this month or a neighbouring one. */
function dayOfMonth(text: string, today: Day, lean: Lean): Day | undefined {
  const match =
    /([\d一二三四五六七八九十]{1,3})[号日]/.exec(text) ??
    /\bthe (\d{1,2})(?:st|nd|rd|th)\b/.exec(text)
  if (!match) return undefined
  const day = numeral(match[1])
  const inMonth = (offset: number) => {
    const month = today.month + offset
    const year = today.year + (month < 1 ? -1 : month > 12 ? 1 : 0)
    return realDay(year, ((month + 11) % 12) + 1, day)
  }
  if (/下个?月|next month/.test(text)) return inMonth(1)
  if (/上个?月|last month/.test(text)) return inMonth(-1)
  if (/[这本]个?月|this month/.test(text)) return inMonth(0)
  // a bare 3号 that could be either is rather ahead: people plan more than they look back
  return closest([-1, 0, 1].map(inMonth), today, lean === 'nearest' ? 'future' : lean)
}

function inSomeYear(month: number, day: number, today: Day, lean: Lean): Day | undefined {
  const candidates = [-1, 0, 1].map((offset) => realDay(today.year + offset, month, day))
  return closest(candidates, today, lean)
}

function closest(candidates: (Day | undefined)[], today: Day, lean: Lean): Day | undefined {
  return candidates
    .filter((day) => day !== undefined)
    .filter((day) => {
      const distance = daysBetween(today, day)
      return lean === 'nearest' || (lean === 'future' ? distance >= 0 : distance <= 0)
    })
    .sort((a, b) => Math.abs(daysBetween(today, a)) - Math.abs(daysBetween(today, b)))[0]
}

const month = (name: string | undefined) => EN_MONTHS.indexOf(name ?? '') + 1
const numeral = (text = '') => (/^\d+$/.test(text) ? Number(text) : (chineseNumber(text) ?? NaN))
