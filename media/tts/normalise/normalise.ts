import { clausesOf } from './clauses-of.ts'
import type { Language } from './clauses-of.ts'
import { addresses as englishAddresses } from './en/addresses.ts'
import { english } from './en/english.ts'
import type { Rule } from './plain-text.ts'
import { plainText } from './plain-text.ts'
import { addresses as chineseAddresses } from './zh/addresses.ts'
import { cantonese, mandarin } from './zh/mandarin.ts'

/** Raised with every change of what comes out: it is part of the cache key. */
export const NORMALISER_VERSION = 2

interface Rules {
  own: Language
  /** over the whole text: an address is no clause of another language */
  addresses: Rule
  zh: Rule
  en: Rule
}

const MANDARIN: Rules = { own: 'zh', addresses: chineseAddresses, zh: mandarin, en: english }
const CANTONESE: Rules = { ...MANDARIN, zh: cantonese }
const ENGLISH: Rules = { own: 'en', addresses: englishAddresses, zh: mandarin, en: english }

/**
 * A text written for the eye as it is spoken: numbers, dates, prices, addresses in words, emoji and markup
 * gone. Languages without rules of their own lose only what nobody can say.
 */
export function normalise(text: string, locale: string): string {
  const plain = plainText(text)
  const rules = rulesOf(locale)
  const spoken = rules
    ? clausesOf(rules.addresses(plain), rules.own)
        .map((clause) => rules[clause.language](clause.text))
        .join('')
    : plain
  return spoken.replace(/ +(?=[ .,!?;:，。！？；：、\n])|(?<=\n) +/g, '').trim()
}

function rulesOf(locale: string): Rules | undefined {
  const tag = locale.toLowerCase()
  if (/^yue|^zh-(?:yue|(?:hant-)?(?:hk|mo))/.test(tag)) return CANTONESE
  if (/^(?:zh|cmn)/.test(tag)) return MANDARIN
  return tag.startsWith('en') ? ENGLISH : undefined
}
