import { z } from 'zod'
import { alikeView, lang } from '../schema.ts'
import { LIMITS } from './imported-row.ts'

const columnName = z
  .string()
  .regex(
    /^(?:(?:question|answer|variants)(?:\.[a-z]{2,3}(?:-[A-Za-z]{2,4})?)?|category|keywords|source|validFrom|validUntil|lang|id)?$/,
  )
/** Columns in the order of the table, separated by commas, empty where one is left out. */
export const previewQuery = z.object({
  columns: z
    .string()
    .max(4000)
    .transform((text) => text.split(','))
    .pipe(z.array(columnName).max(200))
    .optional(),
})

const byLang = (max: number) => z.record(lang, z.string().trim().max(max))
export const importedRow = z.object({
  row: z.number().int(),
  id: z.string().max(64).optional(),
  question: byLang(LIMITS.question).refine(
    (question) => Object.values(question).some((text) => text),
    'no question',
  ),
  answer: byLang(LIMITS.answer),
  variants: z.record(lang, z.array(z.string().trim().max(LIMITS.question)).max(LIMITS.variants)),
  category: z.string().max(LIMITS.category).optional(),
  keywords: z.array(z.string().trim().min(1).max(LIMITS.keyword)).max(LIMITS.keywords).optional(),
  source: z.string().max(LIMITS.source).optional(),
  validFrom: z.iso.date().nullable().optional(),
  validUntil: z.iso.date().nullable().optional(),
})
export const importBody = z.object({ rows: z.array(importedRow).min(1).max(200) })

export const importPreview = z.object({
  kind: z.enum(['text', 'table']),
  headings: z.array(z.string()),
  columns: z.array(z.string().nullable()),
  /** lines of a text before its first question */
  skipped: z.number(),
  rows: z.array(
    importedRow.extend({
      question: z.record(lang, z.string()),
      problems: z.array(z.enum(['noQuestion', 'noAnswer', 'tooLong', 'badDate', 'tooMany', 'repeated', 'badLang'])), // prettier-ignore
      state: z.enum(['new', 'changed', 'same']),
      entryId: z.string().optional(),
      newCategory: z.boolean().optional(),
      alike: z.array(alikeView).optional(),
    }),
  ),
})
export type ImportPreview = z.infer<typeof importPreview>
export type ImportPreviewRow = ImportPreview['rows'][number]
export const importedView = z.object({
  created: z.number(),
  changed: z.number(),
  same: z.number(),
})
