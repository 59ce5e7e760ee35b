import { failedToParse, typeMismatch } from '../errors.ts'
import { compileFilter } from '../match.ts'
import { findAll, prepareQuery } from '../query.ts'
import type { Doc } from '../value.ts'
import { isDocument } from '../value.ts'
import type { Handler } from './command.ts'
import { collectionName, documentField, numberField, refuseCollation } from './command.ts'
import { batchOf, writeBatch } from './insert.ts'
import { loadFor } from './write.ts'

/** Named `remove` because `delete` is a word of the language. */
export const remove: Handler = async (request) => {
  const { engine, db, body } = request
  const name = collectionName(request)
  const statements = batchOf<Doc>(body.deletes)
  const variables = documentField(body, 'let')
  for (const { q } of statements) {
    await loadFor(q)
    if (!isDocument(q)) throw typeMismatch("BSON field 'delete.deletes.q' is missing")
  }
  return engine.storage.write(() => {
    const collection = engine.storage.collection(`${db}.${name}`)
    return writeBatch(request, statements, (statement) => {
      refuseCollation(statement)
      const limit = numberField(statement, 'limit') ?? 0
      if (limit !== 0 && limit !== 1) {
        throw failedToParse(`The limit field in delete objects must be 0 or 1. Got ${limit}`)
      }
      const filter = statement.q as Doc
      if (!collection) {
        compileFilter(filter, variables)
        return 0
      }
      const query = prepareQuery(collection, { filter, hint: statement.hint, limit, variables })
      const found = findAll(collection, query)
      for (const record of found) collection.remove(record)
      return found.length
    })
  })
}
