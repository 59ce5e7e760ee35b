import type { Collection } from '../collection.ts'
import { CommandError, failedToParse, notSupported } from '../errors.ts'
import { loadExpressions } from '../expressions.ts'
import { valuesAt } from '../paths.ts'
import { findAll, prepareQuery } from '../query.ts'
import { compileUpdate } from '../update/compile.ts'
import type { Doc } from '../value.ts'
import { decode, isDocument } from '../value.ts'
import type { Engine } from './command.ts'
import { fromDoc } from './insert.ts'
import { updateRecord } from './write.ts'

export const isOutputStage = (stage: Doc): boolean => '$out' in stage || '$merge' in stage

interface MergeRules {
  on: string[]
  whenMatched: unknown
  whenNotMatched: unknown
}

/** `$out` and `$merge`: all results of a pipeline are written, or none. */
export async function writeOutput(
  engine: Engine,
  db: string,
  stage: Doc,
  results: Uint8Array[],
): Promise<void> {
  await loadExpressions()
  const merge = isDocument(stage.$merge) ? stage.$merge : { into: stage.$merge }
  const target = targetOf(stage.$out ?? merge.into, db)
  const rules: MergeRules = {
    on: merge.on === undefined ? ['_id'] : [merge.on].flat().map(String),
    whenMatched: merge.whenMatched ?? 'merge',
    whenNotMatched: merge.whenNotMatched ?? 'insert',
  }
  await engine.storage.write(() => {
    const collection = engine.storage.ensureCollection(target.db, target.coll)
    engine.storage.undoable(collection, () => {
      if ('$out' in stage) collection.clear()
      for (const bytes of results) {
        if ('$out' in stage) insertResult(collection, decode(bytes))
        else mergeOne(collection, decode(bytes), rules)
      }
    })
  })
}

function insertResult(collection: Collection, result: Doc): void {
  const { raw, doc } = fromDoc(result)
  collection.insert(raw, doc)
}

function targetOf(target: unknown, db: string): { db: string; coll: string } {
  if (typeof target === 'string') return { db, coll: target }
  if (isDocument(target) && typeof target.coll === 'string') {
    return { db: typeof target.db === 'string' ? target.db : db, coll: target.coll }
  }
  throw failedToParse('the output stage needs the name of a collection')
}

function mergeOne(collection: Collection, result: Doc, rules: MergeRules): void {
  const filter: Doc = {}
  for (const path of rules.on) filter[path] = { $eq: valuesAt(result, path)[0] ?? null }
  const [record] = findAll(collection, prepareQuery(collection, { filter, limit: 1 }))
  if (!record) {
    if (rules.whenNotMatched === 'discard') return
    if (rules.whenNotMatched === 'fail') {
      throw new CommandError(
        13113,
        'MergeStageNoMatchingDocument',
        '$merge could not find a matching document',
      )
    }
    insertResult(collection, result)
    return
  }
  const { _id, ...fields } = result
  switch (rules.whenMatched) {
    case 'keepExisting':
      return
    case 'replace':
    case 'merge': {
      const update = rules.whenMatched === 'replace' ? fields : { $set: fields }
      if (rules.whenMatched === 'merge' && !Object.keys(fields).length) return
      updateRecord(collection, record, compileUpdate({ update, filter }), false)
      return
    }
  }
  throw notSupported(`$merge with whenMatched ${String(rules.whenMatched)} is not supported`)
}
