import { ObjectId } from 'bson'
import {
  badValue,
  CommandError,
  dollarPrefixed,
  invalidId,
  objectTooLarge,
  typeMismatch,
} from '../errors.ts'
import { withIdFirst } from '../rawBson.ts'
import type { Doc } from '../value.ts'
import { decodeReceived, encode, isDocument, isRegex, MAX_DOCUMENT_BYTES } from '../value.ts'
import type { Handler, Request } from './command.ts'
import { checkDatabaseName, collectionName } from './command.ts'
import { MAX_BATCH } from './handshake.ts'

export interface NewDocument {
  raw: Buffer
  doc: Doc
}

export const insert: Handler = async (request) => {
  const { engine, db, body } = request
  const name = collectionName(request)
  checkDatabaseName(db)
  const documents = batchOf(body.documents)
  const prepared = documents.map(prepareOrError)
  const bypass = body.bypassDocumentValidation === true
  return engine.storage.write(() => {
    const collection = engine.storage.ensureCollection(db, name)
    return writeBatch(request, prepared, (document) => {
      if (document instanceof Error) throw document
      collection.insert(document.raw, document.doc, bypass)
      return 1
    })
  })
}

export function batchOf<T>(items: unknown): T[] {
  if (!Array.isArray(items)) throw typeMismatch('the items of a write must be an array')
  if (items.length < 1 || items.length > MAX_BATCH) {
    throw badValue(
      `Write batch sizes must be between 1 and ${MAX_BATCH}. Got ${items.length} operations.`,
    )
  }
  return items as T[]
}

/**
 * Do the items of a write one by one and count. An error stops an ordered batch; each error is told with
 * the index of its item (manual: "WriteResult").
 */
export function writeBatch<T>(
  { body }: Request,
  items: T[],
  write: (item: T, index: number) => number,
): Doc {
  const writeErrors: Doc[] = []
  let n = 0
  for (const [index, item] of items.entries()) {
    try {
      n += write(item, index)
    } catch (error) {
      writeErrors.push(writeError(index, error))
      if (body.ordered !== false) break
    }
  }
  return writeErrors.length ? { n, writeErrors } : { n }
}

function writeError(index: number, error: unknown): Doc {
  if (!(error instanceof CommandError)) throw error
  return { index, code: error.code, errmsg: error.message, ...error.extra }
}

function prepareOrError(bytes: unknown): NewDocument | CommandError {
  try {
    if (!(bytes instanceof Uint8Array)) throw typeMismatch('documents have to be objects')
    return prepareDocument(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  } catch (error) {
    if (error instanceof CommandError) return error
    throw error
  }
}

/** A document to store: with an `_id`, and that one first. */
export function prepareDocument(bytes: Buffer): NewDocument {
  const withId = withIdFirst(bytes)
  if (withId) return checked({ raw: withId, doc: decodeReceived(withId) })
  return fromDoc(decodeReceived(bytes))
}

export function fromDoc(doc: Doc): NewDocument {
  const whole = '_id' in doc ? doc : { _id: new ObjectId(), ...doc }
  return checked({ raw: encode(whole), doc: whole })
}

function checked(document: NewDocument): NewDocument {
  const { raw, doc } = document
  if (raw.length > MAX_DOCUMENT_BYTES) {
    throw objectTooLarge(
      `object to insert too large. size in bytes: ${raw.length}, max size: ${MAX_DOCUMENT_BYTES}`,
    )
  }
  const id = doc._id
  if (Array.isArray(id)) throw invalidId("The '_id' value cannot be of type array")
  if (isRegex(id)) throw invalidId("The '_id' value cannot be of type regex")
  if (isDocument(id)) {
    const name = Object.keys(id).find((field) => field.startsWith('$'))
    if (name) {
      throw dollarPrefixed(
        `_id fields may not contain '$'-prefixed fields: ${name} is not valid for storage.`,
      )
    }
  }
  return document
}
