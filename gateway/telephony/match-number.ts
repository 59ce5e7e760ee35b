/** Which account a called number belongs to. Patterns: '12301', '+8629…', a prefix '029*', '*' for any. */

/** As people write it: without spaces, dashes and brackets, and 00 for abroad as + (ITU-T E.123 §2). */
export function plainNumber(number: string): string {
  return number.replace(/[\s().-]/g, '').replace(/^00/, '+')
}

export const isPattern = (text: string): boolean => /^(\+?\d{1,24}\*?|\*)$/.test(text)

interface Called {
  numbers?: string[] | undefined
}

/** The most specific pattern decides: a whole number, then the longest prefix, then '*'. */
export function matchNumber<T extends Called>(
  accounts: readonly T[],
  called: string,
): T | undefined {
  const number = plainNumber(called)
  let best: { account: T; rank: number } | undefined
  for (const account of accounts) {
    for (const pattern of account.numbers ?? []) {
      const rank = rankOf(plainNumber(pattern), number)
      if (rank >= 0 && (!best || rank > best.rank)) best = { account, rank }
    }
  }
  return best?.account
}

/** How well it fits; -1: not at all. */
function rankOf(pattern: string, number: string): number {
  if (!pattern.endsWith('*')) return pattern === number ? Infinity : -1
  const prefix = pattern.slice(0, -1)
  return number.startsWith(prefix) ? prefix.length : -1
}

/** Does any of the patterns fit? */
export function fitsAny(patterns: readonly string[], number: string): boolean {
  const plain = plainNumber(number)
  return patterns.some((pattern) => rankOf(plainNumber(pattern), plain) >= 0)
}

/** Patterns that stand in both lists: nobody could say whose call it is. */
export function sharedPatterns(mine: readonly string[], theirs: readonly string[]): string[] {
  const known = new Set(theirs.map(plainNumber))
  return mine.filter((pattern) => known.has(plainNumber(pattern)))
}
