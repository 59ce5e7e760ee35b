/** How people group a row of digits when they say it, by its length: mobiles 3-4-4, else fours and threes. */
const SIZES: Record<number, number[]> = {
  6: [3, 3],
  7: [3, 4],
  8: [4, 4],
  9: [3, 3, 3],
  10: [3, 3, 4],
  11: [3, 4, 4],
}

/** @returns up to five digits as they are, longer rows in groups of at most four */
export function digitGroups(digits: string): string[] {
  if (digits.length <= 5) return [digits]
  const sizes = SIZES[digits.length]
  const groups: string[] = []
  for (let at = 0, index = 0; at < digits.length; index++) {
    const left = digits.length - at
    // never one digit alone at the end
    const size = sizes?.[index] ?? (left === 5 ? 3 : 4)
    groups.push(digits.slice(at, at + size))
    at += size
  }
  return groups
}
