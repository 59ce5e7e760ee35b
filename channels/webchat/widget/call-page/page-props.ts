import type { Lang } from '../wire.ts'
import type { PageWord } from './words.ts'

export interface PageProps {
  token: string
  lang: Lang
  t: (word: PageWord, values?: Record<string, string>) => string
}
