import {
  badValue,
  conflictingOperators,
  dollarPrefixed,
  failedToParse,
  immutableField,
  invalidOptions,
  typeMismatch,
} from '../errors.ts'
import { compareStrings, compareValues, sameValue } from '../compare.ts'
import { runStages } from '../expressions.ts'
import { isArrayIndex, segmentsOf } from '../paths.ts'
import type { Doc } from '../value.ts'
import { isDocument, show, typeNameOf } from '../value.ts'
import { compileArrayFilters } from './arrayFilters.ts'
import { FIELD_OPERATORS, KEEP, REMOVE, UPDATE_OPERATORS } from './operators.ts'
import type { PathContext, Place } from './target.ts'
import { checkPath, removeAtPlace, resolvePlaces, setAtPlace, valueAtPlace } from './target.ts'

export interface Updated {
  doc: Doc
  /** top-level fields that changed; null: any may have. Empty: nothing changed. */
  changed: Set<string> | null
}

export interface CompiledUpdate {
  /** a whole new document, which `multi` does not allow */
  replacement: boolean
  /** `doc` belongs to the caller and may be changed in place; `inserting` when an upsert makes it */
  apply(doc: Doc, inserting: boolean): Updated
}

export interface UpdateRequest {
  update: unknown
  filter: Doc
  arrayFilters?: unknown
  variables?: Doc
}

/** Compile the `u` of an update: operators, a replacement or a pipeline (manual: "db.collection.update()"). */
export function compileUpdate(request: UpdateRequest): CompiledUpdate {
  const { update } = request
  if (Array.isArray(update)) return compilePipeline(update as Doc[], request)
  if (!isDocument(update)) {
    throw failedToParse('Update argument must be either an object or an array')
  }
  if (Object.keys(update)[0]?.startsWith('$')) return compileOperators(update, request)
  return compileReplacement(update)
}

// ---- operators -------------------------------------------------------------------------------

interface Modification {
  path: string
  operator: string
  operand: unknown
}

function compileOperators(update: Doc, request: UpdateRequest): CompiledUpdate {
  const modifications = parseOperators(update)
  checkConflicts(modifications)
  const arrayFilters = compileArrayFilters(request.arrayFilters)
  for (const name of arrayFilters.keys()) {
    if (modifications.some(({ path }) => path.includes(`$[${name}]`))) continue
    throw failedToParse(
      `The array filter for identifier '${name}' was not used in the update ${show(update)}`,
    )
  }
  // new fields are made in this order whatever the order of the update
  modifications.sort((a, b) => comparePaths(a.path, b.path))
  const context: PathContext = { filter: request.filter, arrayFilters }
  return {
    replacement: false,
    apply(doc, inserting) {
      const changed = new Set<string>()
      const id = doc._id
      for (const modification of modifications) {
        if (modification.operator === '$setOnInsert' && !inserting) continue
        modify(doc, modification, context, changed)
      }
      if (id !== undefined && changed.has('_id') && !identical(id, doc._id)) {
        throw immutableField(
          "Performing an update on the path '_id' would modify the immutable field '_id'",
        )
      }
      return { doc, changed }
    },
  }
}

function parseOperators(update: Doc): Modification[] {
  const modifications: Modification[] = []
  for (const [operator, fields] of Object.entries(update)) {
    if (!UPDATE_OPERATORS.has(operator)) {
      throw failedToParse(
        `Unknown modifier: ${operator}. Expected a valid update modifier or pipeline-style update ` +
          'specified as an array',
      )
    }
    if (!isDocument(fields)) {
      throw failedToParse(
        `Modifiers operate on fields but we found type ${typeNameOf(fields)} instead. ` +
          `For example: {$mod: {<field>: ...}} not {${operator}: ${show(fields)}}`,
      )
    }
    for (const [path, operand] of Object.entries(fields)) {
      checkPath(path)
      if (operator === '$rename') checkRename(path, operand)
      modifications.push({ path, operator, operand })
    }
  }
  return modifications
}

function checkRename(path: string, target: unknown): void {
  if (typeof target !== 'string') {
    throw badValue(`The 'to' field for $rename must be a string: ${path}: ${show(target)}`)
  }
  checkPath(target)
  if (path.includes('$') || target.includes('$')) {
    throw badValue(`The source and target field for $rename may not be dynamic: ${path}`)
  }
  if (path === target) {
    throw badValue(`The source and target field for $rename must differ: ${path}: "${target}"`)
  }
}

/** Error 40 where one path of the update is, or lies below, another. */
function checkConflicts(modifications: Modification[]): void {
  const paths = modifications.flatMap(({ path, operator, operand }) =>
    operator === '$rename' ? [path, operand as string] : [path],
  )
  const all = new Set<string>()
  for (const path of paths) {
    if (all.has(path)) throw conflict(path, path)
    all.add(path)
  }
  for (const path of all) {
    for (let dot = path.indexOf('.'); dot > 0; dot = path.indexOf('.', dot + 1)) {
      const above = path.slice(0, dot)
      if (all.has(above)) throw conflict(path, above)
    }
  }
}

const conflict = (path: string, at: string) =>
  conflictingOperators(`Updating the path '${path}' would create a conflict at '${at}'`)

function comparePaths(a: string, b: string): number {
  const x = segmentsOf(a)
  const y = segmentsOf(b)
  for (let i = 0; i < x.length && i < y.length; i++) {
    const [p, q] = [x[i]!, y[i]!]
    const order = isArrayIndex(p) && isArrayIndex(q) ? Number(p) - Number(q) : compareStrings(p, q)
    if (order) return order
  }
  return x.length - y.length
}

function modify(
  doc: Doc,
  modification: Modification,
  context: PathContext,
  changed: Set<string>,
): void {
  const { path, operator, operand } = modification
  if (operator === '$rename') {
    rename(doc, segmentsOf(path), segmentsOf(operand as string), changed)
    return
  }
  const operate = FIELD_OPERATORS[operator]!
  for (const place of resolvePlaces(doc, path, context)) {
    const current = valueAtPlace(doc, place)
    const value = operate({ current, operand, path: place.join('.'), id: doc._id })
    if (value === KEEP) continue
    if (value === REMOVE) {
      if (removeAtPlace(doc, place)) changed.add(place[0]!)
    } else if (current === undefined || !identical(current, value)) {
      setAtPlace(doc, place, value)
      changed.add(place[0]!)
    }
  }
}

function rename(doc: Doc, from: Place, to: Place, changed: Set<string>): void {
  const value = valueAtPlace(doc, from)
  if (value === undefined) return
  removeAtPlace(doc, from)
  removeAtPlace(doc, to)
  setAtPlace(doc, to, value)
  changed.add(from[0]!).add(to[0]!)
}

/** Equal and of one type: 1 and Long 1 compare as equal, but replacing one by the other is a change. */
const identical = (a: unknown, b: unknown): boolean =>
  compareValues(a, b) === 0 && typeNameOf(a) === typeNameOf(b)

// ---- replacement and pipeline ----------------------------------------------------------------

function compileReplacement(replacement: Doc): CompiledUpdate {
  for (const name of Object.keys(replacement)) {
    if (name.startsWith('$')) {
      throw dollarPrefixed(
        `The dollar ($) prefixed field '${name}' in '${name}' is not allowed in the context of an ` +
          "update's replacement document. Consider using an aggregation pipeline with $replaceWith.",
      )
    }
  }
  return {
    replacement: true,
    apply: (doc) => ({ doc: keepingId(doc, replacement), changed: null }),
  }
}

function keepingId(before: Doc, after: Doc): Doc {
  const { _id, ...rest } = after
  if (before._id === undefined) return _id === undefined ? rest : { _id, ...rest }
  if (_id !== undefined && !sameValue(_id, before._id)) {
    throw immutableField(
      `After applying the update, the (immutable) field '_id' was found to have been altered to _id: ${show(_id)}`,
    )
  }
  return { _id: before._id, ...rest }
}

const PIPELINE_STAGES = new Set([
  '$set',
  '$addFields',
  '$unset',
  '$project',
  '$replaceRoot',
  '$replaceWith',
])

function compilePipeline(stages: Doc[], { variables }: UpdateRequest): CompiledUpdate {
  for (const stage of stages) {
    if (!isDocument(stage)) throw typeMismatch('Each element of the pipeline must be an object')
    const [name = ''] = Object.keys(stage)
    if (!PIPELINE_STAGES.has(name)) {
      throw invalidOptions(`${name} is not allowed to be used within an update`)
    }
  }
  return {
    replacement: false,
    apply(doc) {
      const [result] = runStages([doc], stages, variables ? { variables } : {})
      if (!result) throw badValue('the pipeline of an update must give one document')
      return { doc: keepingId(doc, result), changed: null }
    },
  }
}
