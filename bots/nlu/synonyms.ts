import { stem } from './english.ts'
import { normalise } from './normalise.ts'

/** Words and phrases that mean the same to a caller, in any mix of languages. */
export type SynonymGroup = string[]

const HAN = /\p{Script=Han}/u

export interface GroupWord {
  group: string
  /** the word that stood there */
  text: string
}

/** Finds synonym words in text: longest match first, left to right. */
export interface Synonyms {
  /** Cuts a Chinese run into group marks and the text between them. */
  cutHan(run: string): (string | GroupWord)[]
  /** Length in words and group of the phrase starting at `from`, if one does. */
  phraseAt(stems: string[], from: number): { length: number; group: string } | undefined
  /** Every Chinese word of the table; the pinyin repair may restore them. */
  hanWords: string[]
}

/** A word that stands in two groups belongs to the first. */
export function createSynonyms(groups: SynonymGroup[]): Synonyms {
  const han = new Map<string, string>()
  const phrases = new Map<string, { words: string[]; group: string }[]>()
  let longestHan = 0
  groups.forEach((words, index) => {
    const group = `=${index}`
    for (const word of words.map(normalise)) {
      if (HAN.test(word)) {
        if (!han.has(word)) han.set(word, group)
        longestHan = Math.max(longestHan, word.length)
        continue
      }
      const stems = word.split(' ').map(stem)
      const first = stems[0]
      if (!first) continue
      const list = phrases.get(first) ?? []
      list.push({ words: stems, group })
      phrases.set(first, list)
    }
  })
  for (const list of phrases.values()) list.sort((a, b) => b.words.length - a.words.length)

  function cutHan(run: string): (string | GroupWord)[] {
    const out: (string | GroupWord)[] = []
    let plain = ''
    for (let at = 0; at < run.length;) {
      let length = Math.min(longestHan, run.length - at)
      while (length > 0 && !han.has(run.slice(at, at + length))) length--
      if (length === 0) {
        plain += run[at]!
        at++
        continue
      }
      if (plain) out.push(plain)
      plain = ''
      const text = run.slice(at, at + length)
      out.push({ group: han.get(text)!, text })
      at += length
    }
    if (plain) out.push(plain)
    return out
  }

  function phraseAt(stems: string[], from: number) {
    for (const { words, group } of phrases.get(stems[from] ?? '') ?? []) {
      if (words.every((word, i) => stems[from + i] === word)) return { length: words.length, group }
    }
    return undefined
  }

  return { cutHan, phraseAt, hanWords: [...han.keys()] }
}
