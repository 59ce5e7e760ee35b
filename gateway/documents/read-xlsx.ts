import { readSheet } from 'read-excel-file/universal'
import { fail } from '../errors.ts'
import { MAX_COLUMNS, MAX_ROWS } from './limits.ts'
import type { Office } from './office.ts'

/** The first sheet, as it reads: 3, 是, 2026-10-01. @throws YiluError DOCUMENT_TOO_LARGE */
export async function readXlsx({ zip, parts }: Office): Promise<string[][]> {
  for (const [name, content] of parts) {
    if (name.startsWith('xl/worksheets/')) checkAddresses(content.toString('latin1'))
  }
  const { buffer, byteOffset, byteLength } = zip
  const rows = await readSheet(
    (buffer as ArrayBuffer).slice(byteOffset, byteOffset + byteLength),
    // as it is written: a number of an order is not rounded
    { parseNumber: (text: string) => text },
  )
  return rows.map((row) => row.map(asText))
}

/** One cell at XFD1048576 makes an array of seventeen thousand million: sizes are looked at before. */
function checkAddresses(sheet: string): void {
  for (const [, column = '', row = ''] of sheet.matchAll(/\sr\s*=\s*["']\s*([A-Za-z]*)(\d*)/g)) {
    if (column.length > 3 || columnNumber(column) > MAX_COLUMNS) {
      fail('DOCUMENT_TOO_LARGE', { maxColumns: MAX_COLUMNS })
    }
    if (row.length > 7 || Number(row) > MAX_ROWS) fail('DOCUMENT_TOO_LARGE', { maxRows: MAX_ROWS })
  }
}

const columnNumber = (letters: string) =>
  [...letters.toUpperCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)

function asText(cell: unknown): string {
  if (cell === null || cell === undefined) return ''
  if (!(cell instanceof Date)) return String(cell)
  const iso = cell.toISOString()
  return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso.slice(0, 16).replace('T', ' ')
}
