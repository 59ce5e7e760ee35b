import { ObjectId } from 'bson'
import { CommandError } from '../errors.ts'
import { isOperatorDocument } from '../valueTests.ts'
import { segmentsOf } from '../paths.ts'
import type { Doc } from '../value.ts'
import { isRegex } from '../value.ts'
import type { CompiledUpdate } from './compile.ts'
import { checkPath, setAtPlace, valueAtPlace } from './target.ts'

/** The document an upsert inserts: the equalities of the filter, then the update. */
export function buildUpsert(filter: Doc, update: CompiledUpdate): Doc {
  const seed: Doc = {}
  plant(seed, filter)
  const start = update.replacement ? ('_id' in seed ? { _id: seed._id } : {}) : seed
  const { _id = new ObjectId(), ...rest } = update.apply(start, true).doc
  return { _id, ...rest }
}

function plant(seed: Doc, filter: Doc): void {
  for (const [path, condition] of Object.entries(filter)) {
    if (path === '$and') for (const branch of condition as Doc[]) plant(seed, branch)
    else if (path === '$or' && (condition as Doc[]).length === 1)
      plant(seed, (condition as Doc[])[0]!)
    else if (!path.startsWith('$')) plantField(seed, path, condition)
  }
}

function plantField(seed: Doc, path: string, condition: unknown): void {
  let value = condition
  if (isOperatorDocument(condition)) {
    const only = (list: unknown) =>
      Array.isArray(list) && list.length === 1 ? (list[0] as unknown) : undefined
    value = '$eq' in condition ? condition.$eq : (only(condition.$in) ?? only(condition.$all))
  }
  if (value === undefined || isRegex(value) || isOperatorDocument(value)) return
  checkPath(path)
  const place = segmentsOf(path)
  if (valueAtPlace(seed, place) !== undefined) {
    throw new CommandError(
      54,
      'NotSingleValueField',
      `cannot infer query fields to set, path '${path}' is matched twice`,
    )
  }
  setAtPlace(seed, place, value)
}
