/**
 * Takes out of a recorded conversation what names somebody, and keeps its shape: a telephone number stays one and a
 * name stays a word, or the flow would not understand the same again. Pure.
 */

/** Shorter runs of digits are keys, counts, hours and sums; dates keep their eight. */
const LONG = 5
const KEPT = 3
const date = /^20\d\d(0[1-9]|1[0-2])([0-2]\d|3[01])$/
const run = /\d(?:[\s.()-]{0,2}\d){4,}/g
const zhRun = /[零〇一二两三四五六七八九幺](?:[\s,、-]?[零〇一二两三四五六七八九幺]){4,}/gu
const enDigit = '(?:oh|zero|one|two|three|four|five|six|seven|eight|nine)'
const enRun = new RegExp(`\\b${enDigit}(?:[\\s,-]+${enDigit}\\b){4,}`, 'gi')
const mail = /[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+/g

/** @param names words known to name the person; shorter than two characters they are left alone */
export function maskPersonal(text: string, names: readonly string[] = []): string {
  let masked = text.normalize('NFKC').replace(mail, 'someone@example.com')
  for (const name of [...names].sort((a, b) => b.length - a.length))
    if ([...name].length >= 2) masked = masked.replaceAll(name, maskAll(name))
  return masked
    .replace(run, (digits) => keepFirst(digits, /\d/g, '0', isDate(digits)))
    .replace(zhRun, (digits) => keepFirst(digits, /[零〇一二两三四五六七八九幺]/gu, '零', false))
    .replace(enRun, (digits) => keepFirst(digits, new RegExp(enDigit, 'gi'), 'zero', false))
}

/** An answer that is personal as a whole: numbers keep their shape, words become as many marks. */
export function maskAll(text: string): string {
  const digits = text.replace(/\D/g, '').length
  if (digits >= LONG) return maskPersonal(text)
  return text.replace(/[\p{L}\p{N}]/gu, '某')
}

function isDate(digits: string): boolean {
  return date.test(digits.replace(/\D/g, ''))
}

function keepFirst(text: string, each: RegExp, instead: string, asItIs: boolean): string {
  if (asItIs) return text
  let count = 0
  return text.replace(each, (digit) => (count++ < KEPT ? digit : instead))
}
