import { normalise } from '../../../bots/nlu/normalise.ts'
import type { Column } from './columns.ts'
import { langOf } from './columns.ts'
import type { ImportedRow, ReadRow, RowProblem } from './imported-row.ts'
import { LIMITS } from './imported-row.ts'

const HAN = /\p{Script=Han}/u

/** Rows below the headings, read by their columns. A bad row is told and kept apart from the good ones. */
export function readTable(
  rows: readonly (readonly string[])[],
  columns: readonly (Column | undefined)[],
): ReadRow[] {
  const asked = new Set<string>()
  return rows.map((cells, index) => {
    const read = readRow(cells, columns, index + 2)
    const keys = Object.entries(read.draft.question).map(([lang, text]) => keyOf(lang, text))
    if (keys.some((key) => asked.has(key))) read.problems.push('repeated')
    for (const key of keys) asked.add(key)
    return read
  })
}

/** The same question in the same language is the same entry. */
export const keyOf = (lang: string, question: string): string => `${lang}\n${normalise(question)}`

function readRow(
  cells: readonly string[],
  columns: readonly (Column | undefined)[],
  row: number,
): ReadRow {
  const problems = new Set<RowProblem>()
  const cell = (column: Column): string | undefined => {
    const at = columns.indexOf(column)
    return at < 0 ? undefined : plain(cells[at] ?? '')
  }
  const named = cell('lang')
  const lang = named ? langOf(named) : undefined
  if (named && !lang) problems.add('badLang')
  const draft: ImportedRow = { row, question: {}, answer: {}, variants: {} }
  // a column without a language is in that of the row, or in the one its question is written in
  const own = lang ?? (HAN.test(cell('question') ?? '') ? 'zh-CN' : 'en')
  const langs = new Set(
    columns.flatMap((column) => {
      const [field, of] = column?.split('.') ?? []
      return field === 'question' || field === 'answer' || field === 'variants' ? [of ?? own] : []
    }),
  )
  for (const of of langs) {
    const value = (field: 'question' | 'answer' | 'variants') =>
      cell(`${field}.${of}`) || (of === own ? (cell(field) ?? '') : '')
    const question = value('question')
    const answer = value('answer')
    if (question) draft.question[of] = question
    if (answer) draft.answer[of] = answer
    const variants = listOf(value('variants'))
    if (variants.length) draft.variants[of] = variants
    if (answer && !question) problems.add('noQuestion')
    if (question && !answer) problems.add('noAnswer')
    if (question.length > LIMITS.question || answer.length > LIMITS.answer) problems.add('tooLong')
    if (variants.some((each) => each.length > LIMITS.question)) problems.add('tooLong')
    if (variants.length > LIMITS.variants) problems.add('tooMany')
  }
  if (Object.keys(draft.question).length === 0) problems.add('noQuestion')
  for (const field of ['id', 'category', 'source'] as const) {
    const value = cell(field)
    if (value === undefined || (field === 'id' && !value)) continue
    draft[field] = value
    if (value.length > (field === 'source' ? LIMITS.source : LIMITS.category))
      problems.add('tooLong')
  }
  const keywords = cell('keywords')
  if (keywords !== undefined) {
    draft.keywords = listOf(keywords, /[\n|、,,;;]/)
    if (draft.keywords.length > LIMITS.keywords) problems.add('tooMany')
    if (draft.keywords.some((word) => word.length > LIMITS.keyword)) problems.add('tooLong')
  }
  for (const field of ['validFrom', 'validUntil'] as const) {
    const value = cell(field)
    if (value === undefined) continue
    const date = value ? isoDate(value) : null
    if (date === undefined) problems.add('badDate')
    else draft[field] = date
  }
  return { draft, problems: [...problems] }
}

/** As we write it: a spreadsheet must take it for text (csv.ts), so the apostrophe goes again. */
const plain = (cell: string): string =>
  cell.replace(/^'(?='|[\s\p{C}]*[=+\-@|%=+-@]|[\t\r\n])/u, '').trim()

/** A wording per line; or, on one line, between bars. */
function listOf(cell: string, between: RegExp = /[||]/): string[] {
  const parts = /\n/.test(cell) ? cell.split(/\r?\n/) : cell.split(between)
  return [...new Set(parts.map((part) => part.trim()).filter(Boolean))]
}

/** `2026-05-01`, `2026/5/1`, `2026年5月1日`, as spreadsheets give a date too. */
function isoDate(words: string): string | undefined {
  const [, year, month, day] =
    /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T ].*)?$/.exec(words) ?? []
  if (!year) return undefined
  const iso = `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`
  const date = new Date(`${iso}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso) ? iso : undefined
}
