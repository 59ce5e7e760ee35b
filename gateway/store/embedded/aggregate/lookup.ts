import { Aggregator } from 'mingo/aggregator'
import { evalExpr, ProcessingMode } from 'mingo/core'
import type { Iterator as Stream } from 'mingo/lazy'
import type { Options } from 'mingo/types'
import { failedToParse } from '../errors.ts'
import { segmentsOf, valuesAt } from '../paths.ts'
import { variablesOf } from './stages.ts'
import type { Doc } from '../value.ts'
import { fieldOf, isDocument } from '../value.ts'

/** Documents of another collection that match a filter, found through its indexes. */
export type Finder = (collection: string, filter: Doc) => Doc[]

/** `$lookup` with equality, with a pipeline, or both (manual: "$lookup (aggregation)"). */
export const lookupStage =
  (find: Finder) =>
  (stream: Stream, operand: unknown, options: Options): Stream => {
    if (!isDocument(operand)) throw failedToParse('the $lookup specification must be an object')
    const { from, as, localField, foreignField, pipeline, let: variables } = operand
    if (typeof from !== 'string' || typeof as !== 'string') {
      throw failedToParse("$lookup needs 'from' and 'as'")
    }
    if ((localField === undefined) !== (foreignField === undefined)) {
      throw failedToParse("$lookup needs both or neither of 'localField' and 'foreignField'")
    }
    const inner = Array.isArray(pipeline) && pipeline.length ? (pipeline as Doc[]) : null
    return stream.map((item: unknown) => {
      const doc = item as Doc
      const filter =
        typeof localField === 'string' ? equalityFilter(doc, localField, String(foreignField)) : {}
      let joined = find(from, filter)
      if (inner) {
        const values = isDocument(variables) ? (evalExpr(doc, variables, options) as Doc) : {}
        joined = new Aggregator(inner, withVariables(options, values)).run(joined)
      }
      return withField(doc, as, joined)
    }) as Stream
  }

const withVariables = (options: Options, values: Doc): Options => ({
  idKey: options.idKey,
  processingMode: ProcessingMode.CLONE_OFF,
  useStrictMode: true,
  scriptEnabled: false,
  failOnError: true,
  context: options.context,
  collectionResolver: options.collectionResolver,
  variables: { ...variablesOf(options), ...values },
})

/** A missing local field equals null; an array equals any of its elements. */
function equalityFilter(doc: Doc, localField: string, foreignField: string): Doc {
  const values = valuesAt(doc, localField).flatMap((value) => (value === undefined ? null : value))
  if (!values.length) values.push(null)
  return { [foreignField]: values.length === 1 ? { $eq: values[0] } : { $in: values } }
}

function withField(doc: Doc, path: string, value: unknown): Doc {
  const result = { ...doc }
  const segments = segmentsOf(path)
  let at: Doc = result
  for (const segment of segments.slice(0, -1)) {
    const next = fieldOf(at, segment)
    at = at[segment] = isDocument(next) ? { ...next } : {}
  }
  at[segments[segments.length - 1]!] = value
  return result
}
