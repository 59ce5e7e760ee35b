/** Words that carry no topic. Negations and question words of place and time are kept. */
export const STOP_WORDS = new Set(
  (
    'a an the i im ive id me my we us our you your he she it its they them their this that these ' +
    'those is are am was were be been being do does did doing done have has had having will would ' +
    'shall should can could may might must to of in on at by for with from as and or but if so ' +
    'than then there here just also too very really please hi hello hey ok thanks thank what ' +
    'whats which who how any some about into out up tell know want wanna need like let lets ' +
    'give get got go going one ones thing things anyone someone something theres youre dont ' +
    'im kind sort way bit actually'
  ).split(' '),
)

// Longest first: each rule is tried once, and only when a stem of three letters remains.
const SUFFIXES: [RegExp, string][] = [
  [/ies$/, 'y'],
  [/(ss|sh|ch|x|z)es$/, '$1'],
  [/([^s])s$/, '$1'],
]
const ENDINGS: [RegExp, string][] = [
  [/(..)ations?$/, '$1at'],
  [/(...)ings?$/, '$1'],
  [/(...)ed$/, '$1'],
  [/(...)ly$/, '$1'],
  [/(...)ment$/, '$1'],
]

function apply(word: string, rules: [RegExp, string][]): string {
  for (const [pattern, to] of rules) {
    const stem = word.replace(pattern, to)
    if (stem !== word && stem.length >= 3) return stem
  }
  return word
}

/**
 * Light English stemming: plurals, -ing, -ed, -ly, and the final e. Rougher than Porter on
 * purpose: the same rough form on both sides is all that retrieval needs.
 */
export function stem(word: string): string {
  if (word.length < 4 || /\d/.test(word)) return word
  let out = apply(apply(word, SUFFIXES), ENDINGS)
  out = out.replace(/([bdglmnprt])\1$/, '$1') // stopping → stop, cancelled → cancel
  if (out.length > 3) out = out.replace(/e$/, '').replace(/y$/, 'i')
  return out
}

/** Whether two words are one slip apart: a letter more, less, other, or two swapped. */
export function oneSlipApart(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false
  let i = 0
  while (i < a.length && a[i] === b[i]) i++
  if (a.slice(i + 1) === b.slice(i + 1)) return true // substitution
  if (a.slice(i) === b.slice(i + 1) || a.slice(i + 1) === b.slice(i)) return true
  return a[i] === b[i + 1] && a[i + 1] === b[i] && a.slice(i + 2) === b.slice(i + 2)
}
