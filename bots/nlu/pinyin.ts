import { pinyin } from 'pinyin-pro'
import { normalise, runsOf } from './normalise.ts'

/**
 * Sounds that southern speakers and speech recognisers mix up: zh/z, ch/c, sh/s, and the nasal
 * endings -n/-ng. l/n and h/f are left apart; merging them costs more false repairs than it wins.
 */
function blur(syllable: string): string {
  return syllable.replace(/^([zcs])h/, '$1').replace(/(?<=[aei])ng$/, 'n')
}

/** Toneless syllables of a run of Chinese characters, one per character. */
export function syllables(han: string): string[] {
  return pinyin(han, { toneType: 'none', type: 'array', v: true })
}

export interface Repair {
  text: string
  /** What was heard and what was probably meant. */
  changes: { from: string; to: string }[]
}

export interface PinyinRepair {
  add(words: Iterable<string>): void
  /** The text with misheard words put right, or undefined when nothing is to repair. */
  repair(text: string): Repair | undefined
}

const HAN_WORD = /^\p{Script=Han}{2,8}$/u
const TYPED_PINYIN = 5 // shorter Latin words are too often English

/**
 * Replaces a span that sounds like a word of the lexicon without being one: speech recognition
 * writes 冰马勇 for 兵马俑, people type bingmayong. Two-character words must sound exactly alike,
 * because blurred they meet too many innocent pairs.
 */
export function createPinyinRepair(words: Iterable<string> = []): PinyinRepair {
  const lexicon = new Set<string>()
  const exact = new Map<string, string>()
  const blurred = new Map<string, string>()
  const typed = new Map<string, string>()
  let longest = 0

  function add(more: Iterable<string>): void {
    for (const word of more) {
      if (lexicon.has(word) || !HAN_WORD.test(word)) continue
      lexicon.add(word)
      const sounds = syllables(word)
      const put = (map: Map<string, string>, key: string) => {
        if (!map.has(key)) map.set(key, word)
      }
      put(exact, sounds.join(' '))
      if (word.length > 2) put(blurred, sounds.map(blur).join(' '))
      if (sounds.join('').length >= TYPED_PINYIN) put(typed, sounds.join(''))
      longest = Math.max(longest, word.length)
    }
  }

  function repairRun(run: string, changes: Repair['changes']): string {
    const chars = [...run]
    if (chars.length < 2) return run
    const sounds = syllables(run)
    if (sounds.length !== chars.length) return run
    const soft = sounds.map(blur)
    let out = ''
    for (let at = 0; at < chars.length;) {
      let step = 1
      let piece = chars[at]!
      for (let length = Math.min(longest, chars.length - at); length > 1; length--) {
        const from = chars.slice(at, at + length).join('')
        const to = lexicon.has(from)
          ? from
          : (exact.get(sounds.slice(at, at + length).join(' ')) ??
            blurred.get(soft.slice(at, at + length).join(' ')))
        if (!to) continue
        if (to !== from) changes.push({ from, to })
        piece = to
        step = length
        break
      }
      out += piece
      at += step
    }
    return out
  }

  function repair(text: string): Repair | undefined {
    const changes: Repair['changes'] = []
    const repaired = runsOf(normalise(text)).map((run) => {
      if (run.kind === 'han') return repairRun(run.text, changes)
      const to = typed.get(run.text)
      if (to) changes.push({ from: run.text, to })
      return to ?? run.text
    })
    return changes.length ? { text: repaired.join(' '), changes } : undefined
  }

  add(words)
  return { add, repair }
}
