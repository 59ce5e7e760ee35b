/** Documents people upload, as words. Whatever is in them, nothing else of the house notices. */
import { fail, YiluError } from '../errors.ts'
import { BoundedThreads, ThreadFailed } from '../threads/bounded-threads.ts'
import type { ReadDocument } from './document.ts'
import { MAX_DOCUMENT_BYTES } from './limits.ts'

export type { ReadDocument } from './document.ts'

/** Two million characters in 15,000 paragraphs of a .docx take two seconds and less than half of the memory. */
const threads = new BoundedThreads<{ bytes: Uint8Array; name: string }, ReadDocument>({
  source: new URL('./thread.ts', import.meta.url),
  bundle: new URL('./document-thread.js', import.meta.url),
  heapMb: 256,
  timeoutMs: 15_000,
  atATime: 2,
  waiting: 20,
})

/**
 * Reads .txt, .md, .csv (UTF-8, UTF-16 with a mark, GBK), .docx and .xlsx (its first sheet) by what the bytes are;
 * the name only tells a table from a text. Paragraphs and cells are plain text: HTML in them becomes its words,
 * empty ones are left out of texts, empty rows out of tables. Rows may differ in length.
 * @throws YiluError BAD_DOCUMENT (`details`: `found` or `reason`), DOCUMENT_TOO_LARGE (the limit), FILE_EMPTY,
 *   RATE_LIMITED when many are read at once
 */
export async function readDocument(bytes: Buffer, name: string): Promise<ReadDocument> {
  if (bytes.length > MAX_DOCUMENT_BYTES) {
    fail('DOCUMENT_TOO_LARGE', { maxBytes: MAX_DOCUMENT_BYTES })
  }
  try {
    // a copy of its own: the bytes go along to the thread, and only what they are
    const copy = new Uint8Array(bytes)
    return await threads.run({ bytes: copy, name }, [copy.buffer])
  } catch (error) {
    if (error instanceof YiluError) throw error
    if (!(error instanceof ThreadFailed)) throw error
    if (error.why === 'exception') fail('BAD_DOCUMENT', { reason: 'damaged' })
    return fail('DOCUMENT_TOO_LARGE', { reason: error.why })
  }
}
