import type { Lang } from '../schema.ts'

type Words = Record<'zh' | 'en', string[]>
const words = (zh: string, en: string): Words => ({ zh: zh.split(' '), en: en.split(' ') })

const DIGITS = words(
  '零 一 幺 二 两 三 四 五 六 七 八 九',
  'zero oh one two three four five six seven eight nine',
)
const YES_NO: Words = {
  zh: '是 是的 对 对的 没错 好 好的 可以 不是 不 不对 不行 没有'.split(' '),
  en: ['yes', 'yeah', 'right', 'correct', 'ok', 'sure', 'no', 'nope', 'wrong', 'not right'],
}
const NUMBERS = words(
  '十 百 千 万 点 半 个 元 块 毛 人 位',
  'ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand point and yuan',
)
const DATES = words(
  '今天 明天 后天 大后天 昨天 前天 上周 这周 下周 星期 周 礼拜 日 天 年 月 号 十',
  'today tomorrow yesterday monday tuesday wednesday thursday friday saturday sunday next last this january february march april may june july august september october november december first second third th of',
)

const HINTS: Record<string, Words[] | undefined> = {
  digits: [DIGITS, words('', 'double triple')],
  phone: [DIGITS, words('', 'double triple plus')],
  yesno: [YES_NO],
  number: [DIGITS, NUMBERS],
  date: [DIGITS, NUMBERS, DATES],
}

/** Words an answer of this kind is made of, for the recogniser; none where anything may be said. */
export function answerHints(expects: string, lang: Lang): string[] {
  const own = lang.startsWith('zh') ? 'zh' : lang.startsWith('en') ? 'en' : undefined
  if (!own) return []
  return (HINTS[expects] ?? []).flatMap((each) => each[own]).filter(Boolean)
}

/** 1 → 一 and 幺: keys that are said instead of pressed. */
export function keyHints(keys: string[], lang: Lang): string[] {
  const spoken: Record<string, string[]> = lang.startsWith('zh')
    ? { 0: ['零'], 1: ['一', '幺'], 2: ['二'], 3: ['三'], 4: ['四'], 5: ['五'], 6: ['六'], 7: ['七'], 8: ['八'], 9: ['九'], '*': ['星号'], '#': ['井号'] } // prettier-ignore
    : { 0: ['zero'], 1: ['one'], 2: ['two'], 3: ['three'], 4: ['four'], 5: ['five'], 6: ['six'], 7: ['seven'], 8: ['eight'], 9: ['nine'], '*': ['star'], '#': ['hash', 'pound'] } // prettier-ignore
  return keys.flatMap((key) => spoken[key] ?? [])
}

/** Where anything may be said, hints help the recogniser but must not bind it. */
const OPEN = new Set(['question', 'comment', 'dialog', 'text', 'location', 'media', 'date'])
export const isOpen = (expects: string): boolean => OPEN.has(expects)
