import { CsvError, parse } from 'csv-parse/sync'
import { fail } from '../errors.ts'
import { MAX_PIECE_CHARS, MAX_ROWS } from './limits.ts'

const DELIMITERS = [',', ';', '\t', ',']

/** @throws YiluError BAD_DOCUMENT with the line, DOCUMENT_TOO_LARGE */
export function readCsv(text: string): string[][] {
  const firstLine = text.slice(0, text.search(/[\r\n]|$/))
  const count = (delimiter: string) => firstLine.split(delimiter).length
  const delimiter = DELIMITERS.reduce((best, other) => (count(other) > count(best) ? other : best))
  try {
    return parse(text, {
      bom: true,
      delimiter,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      max_record_size: 20 * MAX_PIECE_CHARS,
      to: MAX_ROWS + 1,
    })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    if (error.code === 'CSV_MAX_RECORD_SIZE') fail('DOCUMENT_TOO_LARGE', { line: error['lines'] })
    return fail('BAD_DOCUMENT', { reason: 'csv', line: error['lines'] })
  }
}
