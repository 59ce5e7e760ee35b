import { fail } from '../errors.ts'
import { Unpacker, writeZip, zipEntries } from './zip.ts'

/** parts that hold words; pictures, fonts, macros and embedded files stay packed */
const READ = /\.(xml|rels)$/i
/** ones with nothing to read that may be large */
const UNREAD =
  /^(docProps|customXml|word\/(theme|glossary|embeddings)|xl\/(theme|drawings|charts|pivot))/i

export interface Office {
  kind: 'docx' | 'xlsx'
  /** a new zip of the parts that are read, all XML without declarations of types or entities */
  zip: Buffer
  parts: Map<string, Buffer>
}

/**
 * An office document taken apart and put together again, so that the libraries behind see nothing but XML of a
 * bounded size, and no two readers can disagree about it.
 * @throws YiluError BAD_DOCUMENT, DOCUMENT_TOO_LARGE
 */
export function openOffice(bytes: Buffer): Office {
  const entries = zipEntries(bytes)
  const kind = entries.has('word/document.xml')
    ? 'docx'
    : entries.has('xl/workbook.xml')
      ? 'xlsx'
      : fail('BAD_DOCUMENT', { found: 'zip' })
  const unpacker = new Unpacker(bytes)
  const parts = new Map<string, Buffer>()
  for (const entry of entries.values()) {
    if (!READ.test(entry.name) || UNREAD.test(entry.name)) continue
    const content = unpacker.unpack(entry)
    // office programs write none; entities are how a page of XML becomes gigabytes, or reads other files
    if (/<!(DOCTYPE|ENTITY)/i.test(content.toString('latin1'))) {
      fail('BAD_DOCUMENT', { reason: 'doctype' })
    }
    parts.set(entry.name, content)
  }
  return { kind, zip: writeZip(parts), parts }
}
