/** A document of questions and answers becomes drafts: looked at first, then taken in, as often as one likes. */
import { normalise } from '../../../bots/nlu/normalise.ts'
import type { ReadDocument } from '../../documents/document.ts'
import { fail } from '../../errors.ts'
import { createCategory, listCategories } from '../categories.ts'
import type { Entries } from '../entries.ts'
import type { Knowledge } from '../knowledge.ts'
import type { Category, Editor, StoredEntry } from '../model.ts'
import { KnowledgeModel } from '../model.ts'
import type { Column } from './columns.ts'
import { columnsOf } from './columns.ts'
import type { ImportedRow, ReadRow } from './imported-row.ts'
import { mergeRow, saysTheSame } from './merge.ts'
import { readPairs } from './read-pairs.ts'
import { keyOf, readTable } from './read-table.ts'
import type { ImportPreview } from './schema.ts'

const MAX_ROWS = 5000
/** a question that much like one there is deserves a look */
const MAX_ALIKE = 2

export async function previewImport(
  document: ReadDocument,
  given: (Column | undefined)[] | undefined,
  knowledge: Knowledge,
): Promise<ImportPreview> {
  const { headings, columns, rows, skipped } = readRows(document, given)
  if (rows.length > MAX_ROWS) fail('DOCUMENT_TOO_LARGE', { rows: rows.length, maxRows: MAX_ROWS })
  const known = await Known.load()
  return {
    kind: document.kind,
    headings,
    columns: columns.map((column) => column ?? null),
    skipped,
    rows: rows.map(({ draft, problems }) => {
      const entry = known.entryOf(draft)
      const category = draft.category && known.categoryOf(draft.category)
      const patch = mergeRow(entry, category ? { ...draft, category: category._id } : draft)
      const state = !entry ? 'new' : saysTheSame(entry, patch) ? 'same' : 'changed'
      const alike = entry ? [] : knowledge.alike(draft).slice(0, MAX_ALIKE)
      return {
        ...draft,
        problems,
        state,
        ...(entry && { entryId: entry._id }),
        ...(draft.category && !category && { newCategory: true }),
        ...(alike.length && { alike }),
      }
    }),
  }
}

function readRows(
  document: ReadDocument,
  given: (Column | undefined)[] | undefined,
): { headings: string[]; columns: (Column | undefined)[]; rows: ReadRow[]; skipped: number } {
  if (document.kind === 'text') {
    const { rows, skipped } = readPairs(document.paragraphs)
    return { headings: [], columns: [], rows, skipped }
  }
  const [headings = [], ...rest] = document.rows
  const columns = given ?? columnsOf(headings)
  return { headings, columns, rows: readTable(rest, columns), skipped: 0 }
}

/** Lands unapproved. The same rows again change nothing. */
export async function takeIn(
  rows: ImportedRow[],
  by: Editor,
  entries: Entries,
): Promise<{ created: number; changed: number; same: number }> {
  const known = await Known.load()
  const counts = { created: 0, changed: 0, same: 0 }
  for (const row of rows) {
    const category = row.category ? (await known.categoryNamed(row.category))._id : row.category
    const found = known.entryOf(row)
    const patch = mergeRow(found, { ...row, ...(category !== undefined && { category }) })
    if (!found) {
      known.add(await entries.create({ ...patch, approved: false }, by, { did: 'import' }))
      counts.created++
    } else if (saysTheSame(found, patch)) counts.same++
    else {
      known.add(await entries.change(found._id, found.version, patch, by, { did: 'import' }))
      counts.changed++
    }
  }
  return counts
}

/** What is there already, by id, by question and language; and the categories by all their names. */
class Known {
  private readonly byId = new Map<string, StoredEntry>()
  private readonly byQuestion = new Map<string, StoredEntry>()
  private readonly categories = new Map<string, Category>()

  static async load(): Promise<Known> {
    const known = new Known()
    const stored = await KnowledgeModel.find(
      { removedAt: { $exists: false } },
      { history: 0 },
    ).lean<StoredEntry[]>()
    for (const entry of stored) known.add(entry)
    for (const category of await listCategories()) known.addCategory(category)
    return known
  }

  add(entry: StoredEntry): void {
    this.byId.set(entry._id, entry)
    for (const [lang, question] of Object.entries(entry.question))
      if (normalise(question)) this.byQuestion.set(keyOf(lang, question), entry)
  }

  entryOf({ id, question }: ImportedRow): StoredEntry | undefined {
    if (id !== undefined && this.byId.has(id)) return this.byId.get(id)
    for (const [lang, text] of Object.entries(question)) {
      const entry = this.byQuestion.get(keyOf(lang, text))
      // what changed since it was indexed is looked up anew
      if (entry) return this.byId.get(entry._id)
    }
    return undefined
  }

  categoryOf(words: string): Category | undefined {
    return this.categories.get(words.trim().toLowerCase())
  }

  async categoryNamed(words: string): Promise<Category> {
    const there = this.categoryOf(words)
    if (there) return there
    const made = await createCategory({ zh: words.trim(), en: words.trim() })
    this.addCategory(made)
    return made
  }

  private addCategory(category: Category): void {
    const { zh, en } = category.name
    for (const words of [category._id, zh, en, `${zh} ${en}`])
      this.categories.set(words.toLowerCase(), category)
  }
}
