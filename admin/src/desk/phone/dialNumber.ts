/** What people write between digits: blanks, hyphens, dots, brackets, wide digits from an input method. */
export function dialNumber(written: string): string | undefined {
  const number = written.normalize('NFKC').replace(/[\s\-().\u2010-\u2015]/g, '')
  return /^\+?[0-9*#]{2,24}$/.test(number) ? number : undefined
}

/** An extension of ours: 2 to 8 digits. */
export function extensionNumber(written: string): string | undefined {
  const number = written.normalize('NFKC').trim()
  return /^\d{2,8}$/.test(number) ? number : undefined
}
