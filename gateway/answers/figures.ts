/** The figures a text names, so that one text's can be looked for in another: numbers, telephones, times, prices. */
import { chineseNumber, numbersIn, spokenDigits } from '../../bots/flow/numerals.ts'

export interface Time {
  minutes: number
  /** morning or evening is certain */
  exact: boolean
}

export interface Figures {
  numbers: Set<number>
  /** digits in a row, of telephones and serials */
  longNumbers: string[]
  times: Time[]
  prices: Set<number>
}

const PIECE = 180
/** from here on, digits are a telephone or serial number and are compared as digits */
const LONG = 5
const HAN_DIGITS = '[零〇一幺二两三四五六七八九十\\d]'
const CLOCK = /(?<!\d)([01]?\d|2[0-4])[::]([0-5]\d)(?:\s*([ap])\.?m\b)?/giu
const ENGLISH_HOUR = /(?<![\d:])(1[0-2]|0?[1-9])\s*([ap])\.?\s?m\b/giu
/**
 * 十三点七公里 is no time: minutes without 分 are two digits or have 十 in them, and 早一点 (a little earlier) is none either, but
 * 下午一点 and 一点钟 are.
 */
const MINUTES = `半|一刻|三刻|${HAN_DIGITS}{1,3}分|\\d{2}(?!\\d)|[二三四五]?十[一二三四五六七八九]?`
const CHINESE_TIME = new RegExp(
  `(凌晨|早上|上午|中午|下午|傍晚|晚上|夜里|晚|早)?(${HAN_DIGITS}{1,3})[点时](${MINUTES})?(?!${HAN_DIGITS})(钟(?!头))?`,
  'gu',
)
const PRICE = new RegExp(
  `[¥¥$]\\s*(\\d+(?:\\.\\d+)?)|(\\d+(?:,\\d{3})*(?:\\.\\d+)?|${HAN_DIGITS.replace('\\d', '百千万点半')}+)\\s*(?:元|块|圆|人民币|yuan|rmb|cny|usd|dollars?)`,
  'giu',
)

export function figuresOf(text: string): Figures {
  const plain = text
    .normalize('NFKC')
    // numbers of a list and of citations are ours
    .replace(/^\s*\d{1,2}[.)、]\s+/gm, '')
    .replace(/\[\s*\d{1,2}\s*\]/g, ' ')
  const times: Time[] = []
  const longNumbers: string[] = []
  const prices = new Set<number>()
  for (const [, digits, words] of plain.matchAll(PRICE)) {
    const value = digits ? Number(digits) : amountOf(words!)
    if (value !== undefined) prices.add(value)
  }
  const withoutTimes = plain
    .replace(CLOCK, (_all, hour: string, minute: string, half?: string) => {
      times.push(clock(Number(hour), Number(minute), half))
      return ' '
    })
    .replace(ENGLISH_HOUR, (_all, hour: string, half: string) => {
      times.push(clock(Number(hour), 0, half))
      return ' '
    })
    .replace(
      CHINESE_TIME,
      (all: string, part?: string, hour = '', minute?: string, clock?: string) => {
        const aBit = hour === '一' && (part?.length ?? 0) < 2 && !minute && !clock
        const time = aBit ? undefined : chineseTime(part, hour, minute?.replace('分', ''))
        if (!time) return all
        times.push(time)
        return ' '
      },
    )
  const rest = spoken(withoutTimes).replace(/\+?\d(?:[ -]?\d)*/g, (digits) => {
    const bare = digits.replace(/\D/g, '')
    if (bare.length < LONG) return digits
    longNumbers.push(bare)
    return ' '
  })
  const numbers = new Set(pieces(rest).flatMap(numbersIn))
  return { numbers, longNumbers, times, prices }
}

/** The first figure of `text` that `source` does not name; undefined when it names all. */
export function strangeFigure(text: string, source: string): string | undefined {
  const own = figuresOf(text)
  const theirs = figuresOf(source)
  const price = [...own.prices].find((value) => !theirs.prices.has(value))
  if (price !== undefined) return String(price)
  const time = own.times.find((one) => !theirs.times.some((other) => sameTime(one, other)))
  if (time) return `${Math.floor(time.minutes / 60)}:${String(time.minutes % 60).padStart(2, '0')}`
  const long = own.longNumbers.find((digits) => !theirs.longNumbers.includes(digits))
  if (long !== undefined) return long
  // a time of the source may be told as a number (八点 as 8) and the other way round
  const known = new Set([
    ...theirs.numbers,
    ...theirs.times.flatMap(({ minutes }) => [Math.floor(minutes / 60), minutes % 60]),
  ])
  const strange = [...own.numbers].find((value) => !known.has(value))
  return strange === undefined ? undefined : String(strange)
}

const sameTime = (one: Time, other: Time): boolean =>
  one.minutes === other.minutes ||
  ((!one.exact || !other.exact) && one.minutes % 720 === other.minutes % 720)

function clock(hour: number, minute: number, half?: string): Time {
  const h = half ? (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0) : hour
  return { minutes: h * 60 + minute, exact: half !== undefined || hour > 12 || hour === 0 }
}

function chineseTime(part: string | undefined, hour: string, minute?: string): Time | undefined {
  const h = amountOf(hour)
  if (h === undefined || h > 24 || !Number.isInteger(h)) return undefined
  const m = minute === undefined ? 0 : minute === '半' ? 30 : minute === '一刻' ? 15 : minute === '三刻' ? 45 : amountOf(minute) // prettier-ignore
  if (m === undefined || m > 59) return undefined
  const late = part !== undefined && /下午|傍晚|晚/.test(part) && h < 12
  const noon = part === '中午' && h < 6
  return { minutes: (h + (late || noon ? 12 : 0)) * 60 + m, exact: part !== undefined || h > 12 }
}

const amountOf = (words: string): number | undefined =>
  /^[\d,.]+$/.test(words) ? Number(words.replaceAll(',', '')) : chineseNumber(words)

/** Digits said one by one (一三八…), where enough stand in a row to be no amount. */
const spoken = (text: string): string =>
  text.replace(/[零〇一幺二两三四五六七八九]{5,}/g, (digits) => spokenDigits(digits))

/** `numbersIn` reads a sentence; a long text is cut where no number stands. */
function pieces(text: string): string[] {
  return text
    .split(/[。!?;\n]/)
    .flatMap((sentence) => sentence.match(new RegExp(`.{1,${PIECE}}(?![\\d.,])`, 'gsu')) ?? [])
}
