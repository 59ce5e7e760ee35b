import { digitGroups } from '../digit-groups.ts'
import type { Rule } from '../plain-text.ts'
import { cardinal, digitByDigit } from './cardinal.ts'
import { counting, NUMBER, TO } from './numerals.ts'

/** 第3, 第1-3 */
const PLACES = new RegExp(`第 ?(\\d{1,15})(?:${TO}第?(\\d{1,15}))?`, 'g')
const ALONE = '(?<![\\d.])'

/** Numbers that no other rule has taken. */
export function numbers(one: '幺' | '一'): Rule {
  const rows = (digits: string) =>
    digitGroups(digits)
      .map((group) => digitByDigit(group, one))
      .join('，')
  return (text) =>
    text
      .replace(/No\. ?(?=\d)/gi, '第')
      .replace(PLACES, (_all, from: string, to?: string) => {
        return `第${cardinal(from)}${to ? `到${cardinal(to)}` : ''}`
      })
      .replace(
        /(?<![\d.-])(\d{1,3})-(\d{3,4})(?=号?[房室])/g,
        (_all, block: string, room: string) => {
          return `${cardinal(block)}杠${digitByDigit(room, one)}`
        },
      )
      // 808房, 610路: three digits and more are a name
      .replace(
        /(?<![\d.])(\d{3,4})(?=号?[房室]|路(?:公交|车|站)|次(?:列车|航班))/g,
        (_all, digits: string) => digitByDigit(digits, one),
      )
      // 1.2.3, 192.168.0.1
      .replace(/\d+(?:\.\d+){2,}/g, (all) => all.split('.').map(cardinal).join('点'))
      .replace(/(?<![\d/.])(\d{1,3})\/(\d{1,3})(?![\d/.])/g, (all, above: string, below: string) =>
        Number(above) < Number(below) ? `${cardinal(below)}分之${cardinal(above)}` : all,
      )
      .replace(
        /(?<![\d:])(\d{1,6})[:：](\d{1,6})(?![\d:])/g,
        (_all, one1: string, other: string) => {
          return `${cardinal(one1)}比${cardinal(other)}`
        },
      )
      .replace(/(温度?|最低|最高|[至到])[-−](?=\d)|(?<![\d\p{L})）])[-−](?=\d)/gu, '$1负')
      .replace(
        new RegExp(`${ALONE}(${NUMBER})${TO}(${NUMBER})(?![\\d-])`, 'g'),
        (all: string, from: string, to: string, at: number, whole: string) => {
          const after = whole.slice(at + all.length)
          return `${counting(from, after)}到${counting(to, after)}`
        },
      )
      // long rows, and those that begin with 0, count nothing
      .replace(/(?<![\d.,])(?:0\d+|(?!\d{1,12}0{4}(?!\d))\d{9,})(?![\d]|[.,]\d)/g, rows)
      // 100+人
      .replace(/(\d*0)\+(?=\p{Script=Han})/gu, (_all, digits: string) => `${cardinal(digits)}多`)
      .replace(new RegExp(NUMBER, 'g'), (number: string, at: number, whole: string) =>
        counting(number, whole.slice(at + number.length)),
      )
}
