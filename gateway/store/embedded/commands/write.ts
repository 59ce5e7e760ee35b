import type { Collection, StoredRecord } from '../collection.ts'
import { CommandError } from '../errors.ts'
import { loadExpressions, mentionsExpression } from '../expressions.ts'
import type { CompiledUpdate } from '../update/compile.ts'
import type { Doc } from '../value.ts'
import { encode, MAX_DOCUMENT_BYTES } from '../value.ts'

export interface UpdatedRecord {
  changed: boolean
  raw: Buffer
  doc: Doc
}

/** Change one record inside a write job. `record.doc` is used up. */
export function updateRecord(
  collection: Collection,
  record: StoredRecord,
  update: CompiledUpdate,
  bypassValidation: boolean,
): UpdatedRecord {
  const { doc, changed } = update.apply(record.doc, false)
  if (changed?.size === 0) return { changed: false, raw: record.raw, doc }
  const raw = encode(doc)
  if (!changed && raw.equals(record.raw)) return { changed: false, raw, doc }
  if (raw.length > MAX_DOCUMENT_BYTES) {
    throw new CommandError(
      17419,
      'Location17419',
      `Resulting document after update is larger than ${MAX_DOCUMENT_BYTES}`,
    )
  }
  collection.replace(record, raw, doc, changed, bypassValidation)
  return { changed: true, raw, doc }
}

/** A write is compiled inside its job, which cannot wait: what it needs is loaded before. */
export async function loadFor(...parts: unknown[]): Promise<void> {
  const needed = parts.some((part) => Array.isArray(part) || mentionsExpression(part))
  if (needed) await loadExpressions()
}
