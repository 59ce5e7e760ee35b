import type { KnowledgeView } from '../../../gateway/knowledge/schema.ts'

/** The languages edited side by side; what an entry says in others is kept as it is. */
export const sides = ['zh-CN', 'en'] as const
export type Side = (typeof sides)[number]

export type EntryDraft = Pick<
  KnowledgeView,
  | 'category'
  | 'question'
  | 'variants'
  | 'answer'
  | 'keywords'
  | 'source'
  | 'validFrom'
  | 'validUntil'
>

/** What becomes of the wording when it is saved. */
export type Decision = 'keep' | 'approve' | 'withdraw'

export type EntryForm = EntryDraft & { decision: Decision; note: string }

export function emptyEntry(category: string): EntryDraft {
  return { category, question: {}, variants: {}, answer: {}, keywords: [], source: '' }
}

/** A miss becomes the question itself, so that its very words are found the next time. */
export function entryOfMiss(
  miss: { text: string; lang: string; wordings?: readonly { text: string }[] },
  category: string,
): EntryDraft {
  const side: Side = miss.lang.startsWith('en') ? 'en' : 'zh-CN'
  const others = (miss.wordings ?? []).map(({ text }) => text).filter((text) => text !== miss.text)
  return {
    ...emptyEntry(category),
    question: { [side]: miss.text },
    ...(others.length > 0 && { variants: { [side]: others } }),
  }
}

export function draftOf(entry: KnowledgeView): EntryDraft {
  const { category, question, variants, answer, keywords, source, validFrom, validUntil } = entry
  return {
    ...{ category, question, variants, answer, keywords, source },
    ...(validFrom && { validFrom }),
    ...(validUntil && { validUntil }),
  }
}

/** approved: told as it stands; waiting: told in its former wording; draft: told to nobody. */
export const standingOf = ({ approved, live }: Pick<KnowledgeView, 'approved' | 'live'>) =>
  approved ? 'approved' : live ? 'waiting' : 'draft'

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
