import type { Lang } from './schema.ts'

/** Ends before the punctuation of the sentence it stands in. */
const ADDRESS = String.raw`(?:https?:\/\/|www\.)[^\s，。；、！？）】」”<>\p{Script=Han}]*[\w\/=#&-]`
const BRACKETED = String.raw`[(\uFF08【]\s*(?:[^()\uFF08\uFF09【】]{0,20}?\s*)?${ADDRESS}\s*[)\uFF09】]`
const INTRODUCED = String.raw`(?:(?:详情)?请?(?:详见|见|参见|访问|点击|打开)|网址|官网|链接|\b(?:please )?(?:see|visit|open|at|link|website))\s*[:\uFF1A]?\s*${ADDRESS}`
/** 详见:https://… and (https://…): what announced the address goes with it */
const ANNOUNCED = new RegExp(`${BRACKETED}|${INTRODUCED}|${ADDRESS}`, 'giu')
const PICTURE =
  /(?:\p{Extended_Pictographic}|\p{Regional_Indicator}|[\u{1F3FB}-\u{1F3FF}]|\u200D|\uFE0F|\u20E3)+/gu
/** ticket serials: letters, then many digits, perhaps in groups */
const SERIAL = /(?<![A-Za-z0-9])[A-Z]{1,3}-?\d{6,}(?:-\d+)*(?![A-Za-z0-9])/g

/** Signs that must not end up as "star star" or "hash". */
const MARKS: [RegExp, string][] = [
  [/!?\[([^\]]*)\]\([^)]*\)/g, '$1'],
  [/\*\*|__|`/g, ''],
  [/^[ \t]*(?:[-•·*]|#{1,4})[ \t]+/gm, ''],
]
const KEYS: Record<'zh' | 'other', [RegExp, string][]> = {
  zh: [
    [/(按|键|或)\s*[*\uFF0A](?:号?键)?/g, '$1星号键'],
    [/(按|键|或)\s*[#\uFF03](?:号?键)?/g, '$1井号键'],
  ],
  other: [
    [/\b(press|or|key)\s+\*/gi, '$1 star'],
    [/\b(press|or|key)\s+#/gi, '$1 hash'],
  ],
}

/**
 * A text written for the eye as it is to be heard: no web addresses, no emoji, no marks of formatting, lines
 * as sentences, serial numbers sign by sign. Prices, dates and plain numbers are left to the voice.
 */
export function forTheEar(text: string, lang: Lang): string {
  const cjk = /^(?:zh|ja|yue)/.test(lang)
  let heard = text
  for (const [mark, instead] of [...MARKS, ...KEYS[cjk ? 'zh' : 'other']])
    heard = heard.replace(mark, instead)
  return heard
    .replace(ANNOUNCED, cjk ? '' : ' ')
    .replace(PICTURE, cjk ? '' : ' ')
    .replace(SERIAL, (serial) => spelledOut(serial))
    .replace(/(?<=\d) - (?=\d)/g, ', ')
    .split(/\s*\n+\s*/)
    .map((line) => line.trim())
    .filter((line) => /[\p{L}\p{N}]/u.test(line))
    .map((line, index, lines) =>
      index < lines.length - 1 && !/[\p{P}]$/u.test(line) ? `${line}${cjk ? '。' : '.'}` : line,
    )
    .join(cjk ? '' : ' ')
    .replace(/ +([,.;:!?、。\uFF0C\uFF1B\uFF1A\uFF01\uFF1F])/g, '$1')
    .replace(/[,;:、\uFF0C\uFF1B\uFF1A](?=[.。])|[,;、\uFF0C\uFF1B]$/g, '')
    .replace(/ {2,}/g, ' ')
    .trim()
}

/** C20261005-0001 → C 2 0 2 6 1 0 0 5, 0 0 0 1 */
export function spelledOut(serial: string): string {
  return serial
    .split('-')
    .map((group) => [...group].join(' '))
    .join(', ')
}
