import { maskPersonal } from '../domain/mask-personal.ts'

const MAX_CHARS = 100

/**
 * What is counted of somebody's words: a mark for what is personal and for each number, so that
 * 3 张票 and 5 张票 are one wording.
 * @returns nothing when nothing is left that tells anything
 */
export function wordingOf(said: string): string | undefined {
  const wording = maskPersonal(said.normalize('NFKC'))
    .replace(/\*{3}|\p{Nd}+/gu, '•')
    .replace(/[\s\p{C}]+/gu, ' ')
    .trim()
  const cut = [...wording].slice(0, MAX_CHARS).join('')
  return /[\p{L}]/u.test(cut) ? cut : undefined
}
