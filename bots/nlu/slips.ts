import { oneSlipApart } from './english.ts'

/** shorter words have too many neighbours */
const SHORTEST = 5
const LATIN = /^[a-z]+$/

export interface Slips {
  add(word: string): void
  /** The known word one typing slip away, if there is one. */
  nearest(word: string): string | undefined
}

/**
 * Two words one letter apart share what is left when a letter is taken out of either, so a word is found by
 * its own few remainders instead of by trying every known word (symmetric deletes, W. Garbe 2012).
 * @param known a word that was added may have gone since
 */
export function createSlips(known: (word: string) => boolean): Slips {
  const byRemainder = new Map<string, string[]>()

  return {
    add(word) {
      if (word.length < SHORTEST - 1 || !LATIN.test(word)) return
      for (const remainder of remainders(word)) {
        const words = byRemainder.get(remainder) ?? []
        if (!words.includes(word)) words.push(word)
        byRemainder.set(remainder, words)
      }
    },
    nearest(word) {
      if (word.length < SHORTEST || !LATIN.test(word)) return undefined
      for (const remainder of remainders(word))
        for (const other of byRemainder.get(remainder) ?? [])
          if (known(other) && oneSlipApart(word, other)) return other
      return undefined
    },
  }
}

/** The word, and the word without each of its letters. */
function remainders(word: string): string[] {
  return [word, ...Array.from(word, (_, at) => word.slice(0, at) + word.slice(at + 1))]
}
