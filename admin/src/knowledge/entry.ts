import type { KnowledgeView } from '../../../gateway/knowledge/schema.ts'

/** The languages edited side by side; what an entry says in others is kept as it is. */
export const sides = ['zh-CN', 'en'] as const
export type Side = (typeof sides)[number]

export type EntryDraft = Omit<
  KnowledgeView,
  'id' | 'version' | 'live' | 'approval' | 'changedBy' | 'updatedAtMs'
>

/** A question nobody could answer, as GET /knowledge/misses gives it. */
export interface Miss {
  text: string
  lang: string
  count: number
  lastAtMs: number
}

export function emptyEntry(category: string): EntryDraft {
  return {
    category,
    question: {},
    variants: {},
    answer: {},
    keywords: [],
    source: '',
    approved: false,
  }
}

/** A miss becomes the question itself, so that its very words are found the next time. */
export function entryOfMiss(miss: Miss, category: string): EntryDraft {
  const side: Side = miss.lang.startsWith('en') ? 'en' : 'zh-CN'
  return { ...emptyEntry(category), question: { [side]: miss.text } }
}

/** Misses whose very words no entry has taken up yet. */
export function openMisses(
  misses: readonly Miss[],
  entries: readonly Pick<EntryDraft, 'question' | 'variants'>[],
): Miss[] {
  const bare = (text: string) => text.toLowerCase().replace(/[\s\p{P}]/gu, '')
  const taken = new Set(
    entries
      .flatMap(({ question, variants }) => [
        ...Object.values(question),
        ...Object.values(variants).flat(),
      ])
      .map(bare),
  )
  return misses.filter(({ text }) => !taken.has(bare(text)))
}

/** What is stored of what was typed: empty languages, empty variants and repeated ones go. */
export function tidyEntry(draft: EntryDraft): EntryDraft {
  const { validFrom, validUntil, ...rest } = draft
  return {
    ...rest,
    question: filled(draft.question),
    answer: filled(draft.answer),
    variants: Object.fromEntries(
      Object.entries(draft.variants)
        .map(([lang, list]) => [
          lang,
          [...new Set(list.map((variant) => variant.trim()).filter(Boolean))],
        ])
        .filter(([, list]) => list?.length),
    ),
    ...(validFrom && { validFrom }),
    ...(validUntil && { validUntil }),
  }
}

function filled(byLang: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(byLang)
      .map(([lang, text]) => [lang, text.trim()] as const)
      .filter(([, text]) => text),
  )
}

/** Languages in which the entry can be found or answered, but not both: it helps nobody there. */
export function halfLanguages(draft: Pick<EntryDraft, 'question' | 'answer'>): Side[] {
  return sides.filter((side) => !draft.question[side]?.trim() !== !draft.answer[side]?.trim())
}

export type Validity = 'always' | 'valid' | 'notYet' | 'endsSoon' | 'expired'

/** A month is enough to renew an entry, so from then on it is shown. */
const SOON_DAYS = 30

/** How an entry stands today; dates are local and both ends are included. */
export function validityOf(
  entry: Pick<EntryDraft, 'validFrom' | 'validUntil'>,
  today: string,
): Validity {
  const { validFrom, validUntil } = entry
  if (validUntil && validUntil < today) return 'expired'
  if (validFrom && validFrom > today) return 'notYet'
  if (!validUntil) return validFrom ? 'valid' : 'always'
  const days = (Date.parse(validUntil) - Date.parse(today)) / 86_400_000
  return days <= SOON_DAYS ? 'endsSoon' : 'valid'
}

/** Categories by name with their number of entries. */
export function categoriesOf(entries: readonly { category: string }[]): [string, number][] {
  const counts = new Map<string, number>()
  for (const { category } of entries) counts.set(category, (counts.get(category) ?? 0) + 1)
  return [...counts].sort(([a], [b]) => a.localeCompare(b, 'zh-CN'))
}
