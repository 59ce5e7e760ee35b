import path from 'node:path'
import { fail, YiluError } from '../errors.ts'
import { decodeText } from './decode-text.ts'
import type { ReadDocument } from './document.ts'
import { foundInstead } from './found-instead.ts'
import { MAX_CHARS, MAX_COLUMNS, MAX_PARAGRAPHS, MAX_PIECE_CHARS, MAX_ROWS } from './limits.ts'
import type { Office } from './office.ts'
import { openOffice } from './office.ts'
import { plainText } from './plain-text.ts'
import { readCsv } from './read-csv.ts'
import { readDocx } from './read-docx.ts'
import { readXlsx } from './read-xlsx.ts'

/** What `readDocument` does, inside its thread. */
export async function takeApart(bytes: Buffer, name: string): Promise<ReadDocument> {
  if (bytes.length === 0) fail('FILE_EMPTY')
  const read = await readAsItIs(bytes, path.extname(name).toLowerCase())
  return read.kind === 'text' ? boundedText(read.paragraphs) : boundedTable(read.rows)
}

async function readAsItIs(bytes: Buffer, extension: string): Promise<ReadDocument> {
  // what it is, not what it is called
  if (bytes.toString('latin1', 0, 2) === 'PK') {
    return readOffice(openOffice(bytes))
  }
  const found = foundInstead(bytes)
  if (found) fail('BAD_DOCUMENT', { found })
  const text = decodeText(bytes)
  if (extension === '.csv' || extension === '.tsv') return { kind: 'table', rows: readCsv(text) }
  const html = /^\s*(<!doctype html|<html)/i.test(text) || /^\.html?$/.test(extension)
  const plain = html ? plainText(text) : text
  return { kind: 'text', paragraphs: plain.split(/\r\n|\r|\n/) }
}

async function readOffice(office: Office): Promise<ReadDocument> {
  try {
    return office.kind === 'docx'
      ? { kind: 'text', paragraphs: await readDocx(office.zip) }
      : { kind: 'table', rows: await readXlsx(office) }
  } catch (error) {
    if (error instanceof YiluError) throw error
    // whatever the libraries met: broken XML, elements in each other beyond the stack
    return fail('BAD_DOCUMENT', { reason: 'damaged' })
  }
}

function boundedText(all: string[]): ReadDocument {
  if (all.length > 4 * MAX_PARAGRAPHS) fail('DOCUMENT_TOO_LARGE', { maxParagraphs: MAX_PARAGRAPHS })
  const paragraphs = all.map(piece).filter(Boolean)
  if (paragraphs.length > MAX_PARAGRAPHS) {
    fail('DOCUMENT_TOO_LARGE', { maxParagraphs: MAX_PARAGRAPHS })
  }
  countChars(paragraphs)
  if (!paragraphs.length) fail('FILE_EMPTY')
  return { kind: 'text', paragraphs }
}

function boundedTable(all: string[][]): ReadDocument {
  if (all.length > MAX_ROWS) fail('DOCUMENT_TOO_LARGE', { maxRows: MAX_ROWS })
  const rows = all
    .map((row) => {
      if (row.length > MAX_COLUMNS) fail('DOCUMENT_TOO_LARGE', { maxColumns: MAX_COLUMNS })
      return row.map(piece)
    })
    .filter((row) => row.some(Boolean))
  countChars(rows.flat())
  if (!rows.length) fail('FILE_EMPTY')
  return { kind: 'table', rows }
}

function piece(text: string): string {
  if (text.length > 2 * MAX_PIECE_CHARS) tooLong()
  const plain = plainText(text)
  return plain.length > MAX_PIECE_CHARS ? tooLong() : plain
}

const tooLong = () => fail('DOCUMENT_TOO_LARGE', { maxPieceChars: MAX_PIECE_CHARS })

function countChars(pieces: string[]): void {
  const chars = pieces.reduce((sum, { length }) => sum + length, 0)
  if (chars > MAX_CHARS) fail('DOCUMENT_TOO_LARGE', { maxChars: MAX_CHARS })
}
