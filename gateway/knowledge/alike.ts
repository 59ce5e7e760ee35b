import type { Lang } from '../../bots/nlu/entry.ts'
import type { Hit } from '../../bots/nlu/faq.ts'
import { normalise } from '../../bots/nlu/normalise.ts'

export interface Asked {
  question: Record<Lang, string>
  variants?: Record<Lang, string[]>
  /** the entry itself */
  not?: string | undefined
}

export interface Alike {
  id: string
  /** the wording stored there */
  question: string
  /** the wording asked about */
  asked: string
  lang: Lang
  score: number
}

const LOOKED_AT = 3
const SHOWN = 5
/** wordings of one entry looked up; the rest say much the same */
const MAX_WORDINGS = 20
/** Own wordings of two different sample entries score below this in 97 of 100 pairs. */
const SAME = 0.8

/** Entries that answer the same question: a wording is the same, or says nearly the same. */
export function alikeEntries(
  { question, variants, not }: Asked,
  search: (text: string, lang: Lang, top: number) => Hit[],
): Alike[] {
  const found = new Map<string, Alike>()
  const wordings = Object.entries(question).flatMap(([lang, text]) =>
    [text, ...(variants?.[lang] ?? [])].map((wording) => ({ lang, text: wording.trim() })),
  )
  for (const { lang, text } of wordings.filter((each) => each.text).slice(0, MAX_WORDINGS)) {
    for (const hit of search(text, lang, LOOKED_AT)) {
      if (hit.id === not) continue
      const same = normalise(hit.question) === normalise(text)
      const score = same ? 1 : Math.min(hit.score, 0.99)
      if (score < SAME || (found.get(hit.id)?.score ?? 0) >= score) continue
      found.set(hit.id, { id: hit.id, question: hit.question, asked: text, lang, score })
    }
  }
  return [...found.values()].sort((a, b) => b.score - a.score).slice(0, SHOWN)
}
