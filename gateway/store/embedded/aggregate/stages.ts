import { evalExpr } from 'mingo/core'
import type { Iterator as Stream } from 'mingo/lazy'
import { Lazy } from 'mingo/lazy'
import * as pipeline from 'mingo/operators/pipeline'
import type { Options } from 'mingo/types'
import { badValue, location } from '../errors.ts'
import { encodeValue } from '../keys.ts'
import { compileFilter } from '../match.ts'
import { parseSort, Sorter } from '../sort.ts'
import type { Doc } from '../value.ts'
import { isDocument, toNumber } from '../value.ts'

type Stage = (stream: Stream, operand: unknown, options: Options) => Stream

/** Those of the command's `let`, and those a stage around this one has set. */
export const variablesOf = (options: Options): Doc => ({
  ...(options.variables as Doc | undefined),
  ...(options as unknown as { local?: { variables?: Doc } }).local?.variables,
})

const $match: Stage = (stream, operand, options) => {
  const matches = compileFilter(operand, variablesOf(options))
  return stream.filter((doc: unknown) => matches(doc as Doc))
}

const $sort: Stage = (stream, operand) => {
  const sort = parseSort(operand)
  if (!sort.length) throw location(15976, '$sort stage must have at least one sort key')
  return stream.transform((docs: unknown) => {
    const sorter = new Sorter<Doc>(sort)
    for (const doc of docs as Doc[]) sorter.add(doc, doc, 0)
    return Lazy(sorter.sorted())
  })
}

/** Groups by BSON equality, in the order in which groups first appear. */
const $group: Stage = (stream, operand, options) => {
  if (!isDocument(operand) || !('_id' in operand)) {
    throw location(15955, 'a group specification must include an _id')
  }
  const { _id, ...fields } = operand
  const accumulate = Object.entries(fields).map(([name, accumulator]) => {
    if (!isDocument(accumulator) || Object.keys(accumulator).length !== 1) {
      throw location(40234, `The field '${name}' must be an accumulator object`)
    }
    return [name, accumulator] as const
  })
  return stream.transform((docs: unknown) => {
    const groups = new Map<string, { id: unknown; items: Doc[] }>()
    for (const doc of docs as Doc[]) {
      const id = evalExpr(doc, _id, options) ?? null
      const key = typeof id === 'string' ? `s${id}` : encodeValue(id).toString('latin1')
      const group = groups.get(key)
      if (group) group.items.push(doc)
      else groups.set(key, { id, items: [doc] })
    }
    return Lazy(
      [...groups.values()].map(({ id, items }) => {
        const result: Doc = { _id: id }
        for (const [name, accumulator] of accumulate) {
          result[name] = evalExpr(items, accumulator, options)
        }
        return result
      }),
    )
  })
}

const mingoStages = pipeline as unknown as Record<string, Stage>

/** Forms the server takes and mingo does not: one name instead of a list. */
const $unset: Stage = (stream, operand, options) =>
  mingoStages.$unset!(stream, Array.isArray(operand) ? operand : [operand], options)

const $unwind: Stage = (stream, operand, options) =>
  mingoStages.$unwind!(stream, typeof operand === 'string' ? { path: operand } : operand, options)

function counted(name: '$limit' | '$skip'): Stage {
  return (stream, operand, options) => {
    const count = toNumber(operand)
    if (!Number.isInteger(count) || count < (name === '$limit' ? 1 : 0)) {
      throw badValue(`invalid argument to ${name} stage: ${String(operand)}`)
    }
    return mingoStages[name]!(stream, count, options)
  }
}

export const stages: Record<string, Stage> = {
  $match,
  $sort,
  $group,
  $unset,
  $unwind,
  $limit: counted('$limit'),
  $skip: counted('$skip'),
}
