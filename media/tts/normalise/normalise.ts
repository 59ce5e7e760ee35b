import { english } from './en/english.ts'
import type { Rule } from './plain-text.ts'
import { plainText } from './plain-text.ts'
import { cantonese, mandarin } from './zh/mandarin.ts'

/** Raised with every change of what comes out: it is part of the cache key. */
export const NORMALISER_VERSION = 1

/**
 * A text written for the eye as it is spoken: numbers, dates, prices, addresses in words, emoji and markup
 * gone. Languages without rules of their own lose only what nobody can say.
 */
export function normalise(text: string, locale: string): string {
  return rulesOf(locale)(plainText(text))
    .replace(/ +(?=[ .,!?;:，。！？；：、\n])|(?<=\n) +/g, '')
    .trim()
}

function rulesOf(locale: string): Rule {
  const tag = locale.toLowerCase()
  if (/^yue|^zh-(?:yue|(?:hant-)?(?:hk|mo))/.test(tag)) return cantonese
  if (/^(?:zh|cmn)/.test(tag)) return mandarin
  if (tag.startsWith('en')) return english
  return (text) => text
}
