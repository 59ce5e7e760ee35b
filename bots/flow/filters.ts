import { asText } from './as-text.ts'

type Filter = (value: unknown, argument?: string) => unknown

/** What may follow a path in a template: `{{phone|mask}}`, `{{name|default:游客}}`. */
export const filters: Record<string, Filter | undefined> = {
  /** 138****00: enough to recognise, too little to use */
  mask: (value) => {
    const text = asText(value)
    if (text.length < 6) return '*'.repeat(text.length)
    return `${text.slice(0, 3)}****${text.slice(-2)}`
  },
  /** one by one, so that a voice reads digits and not a huge number */
  digits: (value) => [...asText(value)].join(' '),
  default: (value, argument) => (asText(value) === '' ? (argument ?? '') : value),
  upper: (value) => asText(value).toUpperCase(),
  lower: (value) => asText(value).toLowerCase(),
  count: (value) => (Array.isArray(value) || typeof value === 'string' ? value.length : 0),
  join: (value, argument) =>
    Array.isArray(value) ? value.map(asText).join(argument ?? ', ') : value,
  first: (value) => (Array.isArray(value) ? value[0] : value),
  money: (value) => {
    const amount = Number(value)
    return Number.isFinite(amount) ? `¥${amount.toFixed(2)}` : ''
  },
  round: (value) => {
    const amount = Number(value)
    return Number.isFinite(amount) ? Math.round(amount) : ''
  },
  /** 2026-10-03 → 10月3日 */
  date: (value) => {
    const match = /^\d{4}-(\d\d)-(\d\d)/.exec(asText(value))
    return match ? `${Number(match[1])}月${Number(match[2])}日` : value
  },
}
