import type { Rule } from '../plain-text.ts'
import { cardinal } from './cardinal.ts'
import { NUMBER, TO } from './numerals.ts'

interface Currency {
  one: string
  many: string
  cents?: [string, string]
}
const YUAN: Currency = { one: 'yuan', many: 'yuan' }
const DOLLAR: Currency = { one: 'dollar', many: 'dollars', cents: ['cent', 'cents'] }
const EURO: Currency = { one: 'euro', many: 'euros', cents: ['cent', 'cents'] }
const POUND: Currency = { one: 'pound', many: 'pounds', cents: ['penny', 'pence'] }
const CURRENCIES: Record<string, Currency> = {
  '¥': YUAN,
  '￥': YUAN,
  'CN¥': YUAN,
  RMB: YUAN,
  CNY: YUAN,
  US$: DOLLAR,
  USD: DOLLAR,
  $: DOLLAR,
  HK$: { one: 'Hong Kong dollar', many: 'Hong Kong dollars' },
  HKD: { one: 'Hong Kong dollar', many: 'Hong Kong dollars' },
  '€': EURO,
  EUR: EURO,
  '£': POUND,
  GBP: POUND,
  JPY: { one: 'yen', many: 'yen' },
  '₩': { one: 'won', many: 'won' },
}

/** one, several */
const UNITS: Record<string, [string, string]> = {
  'km/h': ['kilometer per hour', 'kilometers per hour'],
  'km²': ['square kilometer', 'square kilometers'],
  km: ['kilometer', 'kilometers'],
  'm²': ['square meter', 'square meters'],
  '㎡': ['square meter', 'square meters'],
  cm: ['centimeter', 'centimeters'],
  mm: ['millimeter', 'millimeters'],
  m: ['meter', 'meters'],
  kg: ['kilogram', 'kilograms'],
  mg: ['milligram', 'milligrams'],
  g: ['gram', 'grams'],
  ml: ['milliliter', 'milliliters'],
  L: ['liter', 'liters'],
  min: ['minute', 'minutes'],
  mins: ['minute', 'minutes'],
  hrs: ['hour', 'hours'],
  hr: ['hour', 'hours'],
  h: ['hour', 'hours'],
  ft: ['foot', 'feet'],
  mph: ['mile per hour', 'miles per hour'],
  '℃': ['degree Celsius', 'degrees Celsius'],
  '°C': ['degree Celsius', 'degrees Celsius'],
  '℉': ['degree Fahrenheit', 'degrees Fahrenheit'],
  '°F': ['degree Fahrenheit', 'degrees Fahrenheit'],
  '°': ['degree', 'degrees'],
  '%': ['percent', 'percent'],
  '％': ['percent', 'percent'],
  元: ['yuan', 'yuan'],
  yuan: ['yuan', 'yuan'],
}

const either = (words: object) =>
  Object.keys(words)
    .sort((a, b) => b.length - a.length)
    .map((word) => word.replace(/[$/]/g, '\\$&'))
    .join('|')

const NOT_IN_WORD = '(?<![\\d.\\p{Script=Latin}])'
const BIG = '(?: ?(thousand|million|billion|[KkMm](?![A-Za-z])))?'
const MONEY_BEFORE = new RegExp(
  `${NOT_IN_WORD}(${either(CURRENCIES)}) ?(${NUMBER})${BIG}(?:(?:${TO})(?:${either(CURRENCIES)})? ?(${NUMBER})${BIG})?`,
  'gu',
)
const MONEY_AFTER = new RegExp(
  `${NOT_IN_WORD}(${NUMBER})${BIG}(?:(?:${TO})(${NUMBER})${BIG})? ?(${either(CURRENCIES)})(?!\\p{Script=Latin})`,
  'gu',
)
const MINUS = '((?<![\\d%％℃°\\p{L}])[-−])?'
const MEASURED = new RegExp(
  `${NOT_IN_WORD}${MINUS}(${NUMBER})(?: ?[%℃])?(?:(?:${TO})([-−])?(${NUMBER}))?[ -]?(${either(UNITS)})(?![\\p{Script=Latin}\\d²])`,
  'gu',
)

const BIGS: Record<string, string> = { k: 'thousand', m: 'million' }
const times = (big: string | undefined) => (big ? ` ${BIGS[big.toLowerCase()] ?? big}` : '')

/** Money, percent, degrees and units. */
export const amounts: Rule = (text) =>
  text
    .replace(
      MONEY_BEFORE,
      (_all, sign: string, from: string, big?: string, to?: string, bigTo?: string) =>
        money(CURRENCIES[sign]!, from, big, to, bigTo),
    )
    .replace(
      MONEY_AFTER,
      (
        _all,
        from: string,
        big: string | undefined,
        to: string | undefined,
        bigTo: string | undefined,
        sign: string,
      ) => money(CURRENCIES[sign]!, from, big, to, bigTo),
    )
    .replace(
      MEASURED,
      (_all, minus, from: string, minusTo, to: string | undefined, unit: string) => {
        const [one, many] = UNITS[unit]!
        const end = to ? ` to ${minusTo ? 'minus ' : ''}${cardinal(to)}` : ''
        return `${minus ? 'minus ' : ''}${cardinal(from)}${end} ${from === '1' && !to ? one : many}`
      },
    )
    .replace(/\b(yuan|dollars?|euros?|pounds?|kilometers)\/(?=\p{L})/gu, '$1 per ')

function money(
  currency: Currency,
  from: string,
  big?: string,
  to?: string,
  bigTo?: string,
): string {
  const [whole = '0', cents = ''] = from.split('.')
  if (to) return `${cardinal(from)}${times(big)} to ${cardinal(to)}${times(bigTo)} ${currency.many}`
  const units = `${from === '1' && !big ? currency.one : currency.many}`
  if (!big && currency.cents && cents.length === 2 && Number(cents) > 0) {
    const wholes = Number(whole) === 1 ? currency.one : currency.many
    return `${cardinal(whole)} ${wholes} and ${cardinal(cents)} ${currency.cents[Number(cents) === 1 ? 0 : 1]}`
  }
  return `${cardinal(from)}${times(big)} ${units}`
}
