import { forTheEar } from './for-the-ear.ts'
import type { Lang } from './schema.ts'

/** About half a minute at four Chinese characters or two and a half words a second; nobody keeps more. */
const MAX_CJK = 120
const MAX_LATIN = 450
/** A heading or a greeting alone is no answer. */
const LEAST_CJK = 12
const LEAST_LATIN = 40
/** Sentences shorter than this are said together with the next: every piece costs a breath. */
const BREATH_CJK = 16
const BREATH_LATIN = 50

/**
 * A written answer for somebody who listens: its first passage, no longer than half a minute, sentence by
 * sentence, so that the voice can begin with the first while the others are made.
 */
export function spokenAnswer(answer: string, lang: Lang): string[] {
  const cjk = /^(?:zh|ja|yue)/.test(lang)
  const passages = answer
    .split(/\n\s*\n/)
    .map((passage) => forTheEar(passage, lang))
    .filter(Boolean)
  let told = passages.shift() ?? ''
  const least = cjk ? LEAST_CJK : LEAST_LATIN
  while (told.length < least && passages.length > 0)
    told = `${told}${/[\p{P}]$/u.test(told) ? '' : cjk ? '。' : '.'}${cjk ? '' : ' '}${passages.shift()}`
  return breaths(upTo(sentences(told), cjk ? MAX_CJK : MAX_LATIN), cjk)
}

function sentences(text: string): string[] {
  return text
    .split(/(?<=[。!?;\uFF01\uFF1F\uFF1B])(?![”』」"\uFF09)])|(?<=[.]["”]?)\s+(?=["“]?[\p{Lu}\d])/u)
    .map((sentence) => sentence.trim())
    .filter(Boolean)
}

/** Whole sentences as far as they fit; the first one always. */
function upTo(all: string[], limit: number): string[] {
  let length = 0
  const cut = all.findIndex((sentence, index) => {
    length += sentence.length
    return index > 0 && length > limit
  })
  return cut < 0 ? all : all.slice(0, cut)
}

function breaths(all: string[], cjk: boolean): string[] {
  const joined: string[] = []
  for (const sentence of all) {
    const before = joined.at(-1)
    if (before !== undefined && before.length < (cjk ? BREATH_CJK : BREATH_LATIN))
      joined[joined.length - 1] = `${before}${cjk ? '' : ' '}${sentence}`
    else joined.push(sentence)
  }
  return joined
}
