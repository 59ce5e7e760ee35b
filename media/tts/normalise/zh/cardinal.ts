const DIGITS = '零一二三四五六七八九'
const UNITS = ['', '十', '百', '千']
const SECTIONS = ['', '万', '亿', '万亿']
/** beyond 9999 万亿 nobody counts: such rows of digits are read one by one */
const MAX_DIGITS = 16

/** 12301 → 一二三零一; on the telephone 1 is 幺, which cannot be taken for 七. */
export function digitByDigit(digits: string, one: '幺' | '一' = '幺'): string {
  return digits.replace(/\d/g, (digit) => (digit === '1' ? one : DIGITS[Number(digit)]!))
}

/**
 * A number as counted: "12301" → 一万二千三百零一, "35.50" → 三十五点五, "-3" → 负三, "1,200" → 一千二百.
 * 2 before 千, 万 and 亿 at the head is 两; before a measure word it is the caller's matter.
 */
export function cardinal(written: string): string {
  const [, sign, whole = '0', fraction = ''] = /^([-−]?)([\d,]+)(?:\.(\d+))?$/.exec(written) ?? []
  const digits = whole.replaceAll(',', '').replace(/^0+(?=\d)/, '')
  const decimals = fraction.replace(/0+$/, '')
  const integer = digits.length > MAX_DIGITS ? digitByDigit(digits, '一') : counted(digits)
  return (sign ? '负' : '') + integer + (decimals ? `点${digitByDigit(decimals, '一')}` : '')
}

function counted(digits: string): string {
  if (digits === '0') return '零'
  const sections: string[] = []
  for (let end = digits.length; end > 0; end -= 4)
    sections.unshift(digits.slice(Math.max(0, end - 4), end))
  let spoken = ''
  let gap = false
  sections.forEach((section, index) => {
    const words = sectionOf(section)
    // 10,005: the zero is said once for all that is missing
    if (!words) gap = true
    else {
      if (spoken && (gap || section.startsWith('0'))) spoken += '零'
      spoken += words + SECTIONS[sections.length - 1 - index]!
      gap = false
    }
  })
  // 10 to 19 at the head: 十五, not 一十五
  return spoken.replace(/^一十/, '十').replace(/^二(?=[千万亿])/, '两')
}

/** Up to four digits, without zeros at its head: "0305" → 三百零五 */
function sectionOf(section: string): string {
  let words = ''
  let zero = false
  for (let i = 0; i < section.length; i++) {
    const digit = Number(section[i])
    if (digit === 0) zero = words !== ''
    else {
      words += (zero ? '零' : '') + DIGITS[digit]! + UNITS[section.length - 1 - i]!
      zero = false
    }
  }
  return words
}
