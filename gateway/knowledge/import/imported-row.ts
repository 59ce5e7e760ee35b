/** What one row of a document would make, and what is wrong with it. */
export interface ImportedRow {
  /** in the document, from 1 */
  row: number
  id?: string
  question: Record<string, string>
  answer: Record<string, string>
  variants: Record<string, string[]>
  category?: string
  keywords?: string[]
  source?: string
  validFrom?: string | null
  validUntil?: string | null
}

export type RowProblem =
  'noQuestion' | 'noAnswer' | 'tooLong' | 'badDate' | 'tooMany' | 'repeated' | 'badLang'

export interface ReadRow {
  draft: ImportedRow
  problems: RowProblem[]
}

export const LIMITS = { question: 300, answer: 4000, variants: 50, keywords: 50, keyword: 60, source: 300, category: 64 } as const // prettier-ignore
