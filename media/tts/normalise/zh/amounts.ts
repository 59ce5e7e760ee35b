import type { Rule } from '../plain-text.ts'
import { cardinal } from './cardinal.ts'
import { counting, NUMBER, TO } from './numerals.ts'

const CURRENCIES: Record<string, string> = {
  '¥': '元',
  '￥': '元',
  RMB: '元',
  CNY: '元',
  $: '美元',
  US$: '美元',
  USD: '美元',
  HK$: '港元',
  HKD: '港元',
  NT$: '新台币',
  '€': '欧元',
  EUR: '欧元',
  '£': '英镑',
  GBP: '英镑',
  JPY: '日元',
  円: '日元',
  '₩': '韩元',
  KRW: '韩元',
}

const UNITS: Record<string, string> = {
  'km/h': '公里每小时',
  'km²': '平方公里',
  km2: '平方公里',
  km: '公里',
  'm²': '平方米',
  m2: '平方米',
  '㎡': '平方米',
  'm³': '立方米',
  cm: '厘米',
  mm: '毫米',
  m: '米',
  kg: '公斤',
  mg: '毫克',
  g: '克',
  ml: '毫升',
  mL: '毫升',
  L: '升',
  kW: '千瓦',
  min: '分钟',
  hrs: '小时',
  hr: '小时',
  h: '小时',
  s: '秒',
  '℃': '摄氏度',
  '°C': '摄氏度',
  '℉': '华氏度',
  '°F': '华氏度',
  '°': '度',
  '％': '%',
}

const either = (words: Record<string, string>) =>
  Object.keys(words)
    .sort((a, b) => b.length - a.length)
    .map((word) => word.replace(/[$/]/g, '\\$&'))
    .join('|')

/** a minus, not the dash of a range */
const MINUS = '((?<![\\d%％‰℃°])[-−])?'
const RANGE = `${MINUS}(${NUMBER})(?:${TO}(-|−)?(${NUMBER}))?`
const NOT_IN_WORD = '(?<![\\d.\\p{Script=Latin}])'
const MONEY_BEFORE = new RegExp(
  `${NOT_IN_WORD}(${either(CURRENCIES)}) ?(${NUMBER})(?:${TO}(?:${either(CURRENCIES)})? ?(${NUMBER}))? ?([万亿]?)(?:元|块)?`,
  'gu',
)
const MONEY_AFTER = new RegExp(
  `${NOT_IN_WORD}(${NUMBER})(?:${TO}(${NUMBER}))? ?([万亿]?)(${either(CURRENCIES)})(?!\\p{Script=Latin})`,
  'gu',
)
const MEASURED = new RegExp(
  `${NOT_IN_WORD}${RANGE} ?(${either(UNITS)})(?![\\p{Script=Latin}\\d²³])`,
  'gu',
)
const PERCENT = new RegExp(`${NOT_IN_WORD}${MINUS}(${NUMBER}) ?([%％‰])`, 'gu')

/** What is counted in money, percent, degrees or units: the numeral and the unit's name. */
export const amounts: Rule = (text) =>
  text
    .replace(
      MONEY_BEFORE,
      (_all, sign: string, from: string, to: string | undefined, big: string) =>
        money(CURRENCIES[sign]!, from, to, big),
    )
    .replace(MONEY_AFTER, (_all, from: string, to: string | undefined, big: string, sign: string) =>
      money(CURRENCIES[sign]!, from, to, big),
    )
    .replace(PERCENT, (_all, minus: string | undefined, number: string, sign: string) => {
      return `${minus ? '负' : ''}${sign === '‰' ? '千' : '百'}分之${cardinal(number)}`
    })
    .replace(new RegExp(`(分之[零一二三四五六七八九十百千点]+)${TO}(?=[百千]分之)`, 'g'), '$1到')
    .replace(
      MEASURED,
      (_all, minus, from: string, minusTo, to: string | undefined, unit: string) => {
        const name = UNITS[unit]!
        const below = name.endsWith('度') ? '零下' : '负'
        const end = to ? `到${minusTo ? below : ''}${counting(to, name)}` : ''
        return `${minus ? below : ''}${counting(from, name)}${end}${name}`
      },
    )
    // 元/人, 公里/小时
    .replace(/(元|块|美元|公里|米|次)\/(?=[\p{Script=Han}\d])/gu, '$1每')

function money(unit: string, from: string, to: string | undefined, big: string): string {
  const name = big + unit
  return (
    counting(from, big ? '个' : name) + (to ? `到${counting(to, big ? '个' : name)}` : '') + name
  )
}
