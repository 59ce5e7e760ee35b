import { isDeepStrictEqual } from 'node:util'
import type { StoredEntry } from '../model.ts'
import type { EntryPatch } from '../revise.ts'
import type { ImportedRow } from './imported-row.ts'

/** Languages and fields of the row replace those of the entry; what the row does not speak of stays. */
export function mergeRow(entry: StoredEntry | undefined, row: ImportedRow): EntryPatch {
  const { category, keywords, source, validFrom, validUntil } = row
  const variants = { ...entry?.variants, ...row.variants }
  return {
    question: { ...entry?.question, ...row.question },
    answer: { ...entry?.answer, ...row.answer },
    variants,
    ...(category !== undefined && { category }),
    ...(keywords !== undefined && { keywords }),
    ...(source !== undefined && { source }),
    ...(validFrom !== undefined && { validFrom }),
    ...(validUntil !== undefined && { validUntil }),
  }
}

/** Would the patch leave the entry as it is? */
export function saysTheSame(entry: StoredEntry, patch: EntryPatch): boolean {
  const now: Record<string, unknown> = { ...entry, variants: entry.variants ?? {}, keywords: entry.keywords ?? [] } // prettier-ignore
  return Object.entries(patch).every(([field, value]) =>
    isDeepStrictEqual(now[field] ?? null, value ?? null),
  )
}
