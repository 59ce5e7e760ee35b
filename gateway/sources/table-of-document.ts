import type { ReadDocument } from '../documents/document.ts'
import { fail } from '../errors.ts'
import type { TableSettings } from './schema.ts'

const MAX_ROWS = 5000
const MAX_COLUMNS = 40
const MAX_CELL_CHARS = 2000

/**
 * The first row names the columns; a name no template could say becomes a label beside a name that can.
 * @throws BAD_DOCUMENT where there is no table, DOCUMENT_TOO_LARGE
 */
export function tableOf(document: ReadDocument): TableSettings {
  if (document.kind !== 'table') fail('BAD_DOCUMENT', { found: 'text' })
  const [head = [], ...body] = document.rows
  if (head.length === 0) fail('BAD_DOCUMENT', { found: 'text' })
  if (body.length > MAX_ROWS) fail('DOCUMENT_TOO_LARGE', { maxRows: MAX_ROWS })
  if (head.length > MAX_COLUMNS) fail('DOCUMENT_TOO_LARGE', { maxColumns: MAX_COLUMNS })
  const names = new Set<string>()
  const columns = head.map((title, at) => {
    const label = title.trim().slice(0, 100)
    const plain = /^[A-Za-z_]\w{0,39}$/.test(label) && !names.has(label) ? label : `c${at + 1}`
    names.add(plain)
    return { name: plain, ...(label && label !== plain && { label }) }
  })
  const rows = body.map((cells) =>
    Object.fromEntries(columns.map(({ name }, at) => [name, cellOf(cells[at] ?? '')])),
  )
  return { columns, rows }
}

/** Numbers are numbers where they are written as one; 007 and 1.50 stay as they are. */
function cellOf(text: string): string | number {
  const plain = text.trim().slice(0, MAX_CELL_CHARS)
  return /^-?(0|[1-9]\d{0,14})(\.\d{0,9}[1-9])?$/.test(plain) ? Number(plain) : plain
}
