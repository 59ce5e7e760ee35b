const SMALL = [
  ...['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'],
  ...['eleven', 'twelve', 'thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen'],
  ...['eighteen', 'nineteen'],
]
const TENS = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety']
const THOUSANDS = ['', ' thousand', ' million', ' billion', ' trillion']

const ORDINALS: Record<string, string> = {
  one: 'first',
  two: 'second',
  three: 'third',
  five: 'fifth',
  eight: 'eighth',
  nine: 'ninth',
  twelve: 'twelfth',
}

/** "029" → zero two nine */
export const digitByDigit = (digits: string) =>
  [...digits].map((digit) => SMALL[Number(digit)]!).join(' ')

/** A number as counted: "12301" → twelve thousand three hundred one, "35.50" → thirty five point five */
export function cardinal(written: string): string {
  const [, sign, whole = '0', fraction = ''] = /^([-−]?)([\d,]+)(?:\.(\d+))?$/.exec(written) ?? []
  const digits = whole.replaceAll(',', '').replace(/^0+(?=\d)/, '')
  const decimals = fraction.replace(/0+$/, '')
  const integer = digits.length > THOUSANDS.length * 3 ? digitByDigit(digits) : counted(digits)
  return (sign ? 'minus ' : '') + integer + (decimals ? ` point ${digitByDigit(decimals)}` : '')
}

/** "22" → twenty second */
export function ordinal(digits: string): string {
  const words = cardinal(digits).split(' ')
  const last = words.pop()!
  const place = ORDINALS[last] ?? (last.endsWith('y') ? `${last.slice(0, -1)}ieth` : `${last}th`)
  return [...words, place].join(' ')
}

/** 1999 → nineteen ninety nine, 2005 → two thousand five, 2026 → twenty twenty six, 1400 → fourteen hundred */
export function yearOf(digits: string): string {
  const head = Number(digits.slice(0, 2))
  const tail = Number(digits.slice(2))
  if (head % 10 === 0 && tail < 10) return cardinal(digits)
  const rest = tail === 0 ? 'hundred' : tail < 10 ? `oh ${SMALL[tail]!}` : cardinal(String(tail))
  return `${cardinal(String(head))} ${rest}`
}

function counted(digits: string): string {
  if (digits === '0') return 'zero'
  const words: string[] = []
  for (let end = digits.length, scale = 0; end > 0; end -= 3, scale++) {
    const value = Number(digits.slice(Math.max(0, end - 3), end))
    if (value) words.unshift(underThousand(value) + THOUSANDS[scale]!)
  }
  return words.join(' ')
}

function underThousand(value: number): string {
  const hundreds = Math.floor(value / 100)
  const rest = value % 100
  const words = hundreds ? [`${SMALL[hundreds]!} hundred`] : []
  if (rest >= 20) {
    words.push(TENS[Math.floor(rest / 10) - 2]!)
    if (rest % 10) words.push(SMALL[rest % 10]!)
  } else if (rest) words.push(SMALL[rest]!)
  return words.join(' ')
}
