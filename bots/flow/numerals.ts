const DIGITS: Record<string, number> = {
  零: 0, 〇: 0, 一: 1, 幺: 1, 壹: 1, 二: 2, 两: 2, 三: 3, 四: 4,
  五: 5, 六: 6, 七: 7, 八: 8, 九: 9,
} // prettier-ignore
const UNITS: Record<string, number> = { 十: 10, 百: 100, 千: 1000 }

const ENGLISH =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'.split(
    ' ',
  )
const TENS = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety']
const ORDINALS = [
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
]

/** Digit by digit, as numbers of phones and tickets are read out: 幺三八 → 138, "one three" → 13. */
export function spokenDigits(text: string): string {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[零〇一幺壹二两三四五六七八九]/g, (char) => String(DIGITS[char]))
      .replace(/[a-z]+/g, (word) => {
        if (word === 'oh' || word === 'o') return '0'
        if (word === 'plus') return '+'
        const value = ENGLISH.indexOf(word)
        return value >= 0 && value < 10 ? String(value) : word
      })
      // "double eight", as the English read out numbers
      .replace(/\b(double|triple)\s+(\d)/g, (_all, times: string, digit: string) =>
        digit.repeat(times === 'double' ? 2 : 3),
      )
  )
}

/** A whole Chinese numeral: 十二, 三千零五, 两万五, 三点五, also 二〇二六; undefined if it is none. */
export function chineseNumber(numeral: string): number | undefined {
  if (!/^[零〇一幺壹二两三四五六七八九十百千万亿点半]+$/.test(numeral)) return undefined
  if (numeral === '半') return 0.5
  const [whole = '', fraction, rest] = numeral.split('点')
  if (rest !== undefined) return undefined
  const value = chineseInteger(whole)
  if (value === undefined || fraction === undefined) return value
  const decimals = spokenDigits(fraction)
  return /^\d+$/.test(decimals) ? Number(`${value}.${decimals}`) : undefined
}

function chineseInteger(numeral: string): number | undefined {
  if (!numeral || /[点半]/.test(numeral)) return undefined
  if (!/[十百千万亿]/.test(numeral)) return Number(spokenDigits(numeral))
  let total = 0
  let section = 0
  let digit: number | undefined
  let lastUnit = 10
  for (const char of numeral) {
    const unit = UNITS[char]
    const big = char === '万' ? 10_000 : char === '亿' ? 100_000_000 : undefined
    if (unit) {
      section += (digit ?? 1) * unit
      lastUnit = unit
      digit = undefined
    } else if (big) {
      total = (total + section + (digit ?? 0)) * big
      section = 0
      lastUnit = big
      digit = undefined
    } else {
      digit = DIGITS[char] ?? 0
      // 零 says that units were skipped: 三千零五 is 3005, while 三千五 is 3500
      if (digit === 0) lastUnit = 10
    }
  }
  return total + section + (digit ?? 0) * (lastUnit > 10 ? lastUnit / 10 : 1)
}

/** Words that look like numerals and are none: 一共 "altogether", 十分 "very", 千万 "by all means". */
const FALSE_NUMERALS = /一共|一起|一下|一点|一些|一定|一般|一样|一直|十分|千万别|千万不/g

/** All numbers a sentence names, in digits, Chinese or English. */
export function numbersIn(sentence: string): number[] {
  const text = plainAmounts(sentence.normalize('NFKC').toLowerCase().slice(0, 200))
  const found: number[] = []
  const rest = text
    .replace(FALSE_NUMERALS, ' ')
    .replace(/(-?\d+(?:,\d{3})*(?:\.\d+)?)([百千万]?)/g, (_all, digits: string, unit: string) => {
      const factor = unit === '万' ? 10_000 : (UNITS[unit] ?? 1)
      // + 0: "-0" is a number people can type and JSON cannot keep
      found.push(Number(digits.replaceAll(',', '')) * factor + 0)
      return ' '
    })
  for (const [numeral] of rest.matchAll(/[零〇一二两三四五六七八九十百千万亿点半]+/g)) {
    const value = chineseNumber(numeral)
    if (value !== undefined) found.push(value)
  }
  return [...found, ...englishNumbers(rest)]
}

const AMOUNT =
  /([\d.零〇一二两三四五六七八九十百千万]+)(?:块|元)(?:钱)?零?([\d一二两三四五六七八九])(?:毛|角)?(?:([\d一二两三四五六七八九])分)?(?![\d零〇一二两三四五六七八九十百千万个位人])/g

/** 三块五 and 三元五角二分 are one number each: 3.5, 3.52. */
function plainAmounts(text: string): string {
  return text.replace(AMOUNT, (all, whole: string, tenths: string, cents = '') => {
    const value = /^\d+$/.test(whole) ? Number(whole) : chineseNumber(whole)
    return value === undefined ? all : `${value}.${spokenDigits(`${tenths}${cents}`)} `
  })
}

function englishNumbers(text: string): number[] {
  const found: number[] = []
  let current: number | undefined
  /** thousands said already, and digits behind the point */
  let total = 0
  let decimals: string | undefined
  const done = () => {
    if (current !== undefined) found.push(Number(`${total + current}.${decimals || '0'}`))
    current = decimals = undefined
    total = 0
  }
  for (const word of text.split(/[^a-z]+/)) {
    const small = ENGLISH.indexOf(word)
    const ten = TENS.indexOf(word)
    if (decimals !== undefined && small >= 0 && small < 10) decimals += String(small)
    else if (word === 'point' && current !== undefined) decimals = ''
    else if (ten >= 0) current = (current ?? 0) + (ten + 2) * 10
    else if (small >= 0) current = (current ?? 0) + small
    else if (word === 'hundred') current = (current ?? 1) * 100
    else if (word === 'thousand') {
      total = (current ?? 1) * 1000
      current = 0
    } else if (word !== 'and') done()
  }
  done()
  return found
}

/** "third" → 3, up to nine. */
export function englishOrdinal(word: string): number | undefined {
  const at = ORDINALS.indexOf(word)
  return at < 0 ? undefined : at + 1
}
