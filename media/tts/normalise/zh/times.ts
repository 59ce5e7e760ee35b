import type { Rule } from '../plain-text.ts'
import { cardinal } from './cardinal.ts'
import { TO } from './numerals.ts'

const CLOCK = String.raw`(?<![\d:：.])([01]?\d|2[0-4])[:：]([0-5]\d)(?:[:：]([0-5]\d)(?:\.\d+)?)?(?![\d:：])`
const ZONE = /(?:Z|\+08:?00)(?![\w:])/.source
const TIMES = new RegExp(`${CLOCK}(?:${ZONE})?(?: ?([AaPp])\\.?[Mm]\\b\\.?)?`, 'g')
const BETWEEN_TIMES = new RegExp(
  `([点分秒])${TO}(?=(?:上午|下午)?[零一二两三四五六七八九十]+点)`,
  'g',
)

/** Times of day: 08:30 → 八点三十分, 8:05 → 八点零五分, 9:00 PM → 下午九点; between two of them 到. */
export const times: Rule = (text) =>
  text
    .replace(TIMES, (_all, hour: string, minute: string, second?: string, half?: string) => {
      const part = half ? (/a/i.test(half) ? '上午' : '下午') : ''
      return part + timeOf(Number(hour), minute, second)
    })
    .replace(BETWEEN_TIMES, '$1到')

function timeOf(hour: number, minute: string, second?: string): string {
  const spoken = `${hour === 2 ? '两' : cardinal(String(hour))}点`
  const seconds = second && second !== '00' ? `${padded(second)}秒` : ''
  if (minute === '00' && !seconds) return spoken
  return `${spoken}${padded(minute)}分${seconds}`
}

const padded = (digits: string) =>
  digits.startsWith('0') && digits !== '00' ? `零${cardinal(digits)}` : cardinal(digits)
