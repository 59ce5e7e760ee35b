import { location, notSupported } from '../errors.ts'
import type { Doc } from '../value.ts'
import { isDocument, isNumeric, toNumber } from '../value.ts'

/** What of a pipeline the query engine can do itself, and what is left for mingo. */
export interface PipelinePlan {
  filter: Doc
  sort?: unknown
  skip: number
  limit: number
  rest: Doc[]
  /** `countDocuments()` of a driver: only the number is wanted, under this name and id */
  count: { id: unknown; field: string } | null
}

const REFUSED: Record<string, string> = {
  $changeStream: 'change streams need a replica set',
  $geoNear: 'geospatial queries are not supported',
  $search: 'full text search is not supported',
  $vectorSearch: 'vector search is not supported',
  $function: 'server-side JavaScript is not supported',
  $accumulator: 'server-side JavaScript is not supported',
  $where: 'server-side JavaScript is not supported',
}

export function checkPipeline(pipeline: Doc[], known: (stage: string) => boolean): void {
  for (const stage of pipeline) {
    const names = Object.keys(stage)
    const [name] = names
    if (name === undefined || names.length !== 1) {
      throw location(40323, 'A pipeline stage specification object must contain exactly one field.')
    }
    refuse(stage, 0)
    if (!known(name)) throw location(40324, `Unrecognized pipeline stage name: '${name}'`)
  }
}

function refuse(value: unknown, depth: number): void {
  if (depth > 100) throw location(15, 'the pipeline is nested too deeply')
  if (Array.isArray(value)) for (const element of value) refuse(element, depth + 1)
  else if (isDocument(value)) {
    for (const [name, inner] of Object.entries(value)) {
      const why = Object.hasOwn(REFUSED, name) ? REFUSED[name] : undefined
      if (why) throw notSupported(`${name} is not supported by the embedded engine: ${why}`)
      refuse(inner, depth + 1)
    }
  }
}

/** Stages that read or write other collections, at any depth. */
const OF_THE_STORE = new Set(['$lookup', '$graphLookup', '$unionWith', '$out', '$merge'])

export function needsStore(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(needsStore)
  if (!isDocument(value)) return false
  return Object.entries(value).some(([name, inner]) => OF_THE_STORE.has(name) || needsStore(inner))
}

/** Take `$match`, `$sort`, `$skip` and `$limit` off the front, in this order. */
export function planPipeline(pipeline: Doc[]): PipelinePlan {
  const rest = [...pipeline]
  const filters: Doc[] = []
  while (isDocument(rest[0]?.$match)) filters.push(rest.shift()!.$match as Doc)
  const plan: PipelinePlan = {
    filter: filters.length > 1 ? { $and: filters } : (filters[0] ?? {}),
    skip: 0,
    limit: 0,
    rest,
    count: null,
  }
  if (isDocument(rest[0]?.$sort) && !Object.values(rest[0].$sort).some(isDocument)) {
    plan.sort = rest.shift()!.$sort
  }
  if (isCount(rest[0]?.$skip, 0)) plan.skip = toNumber(rest.shift()!.$skip)
  if (isCount(rest[0]?.$limit, 1)) plan.limit = toNumber(rest.shift()!.$limit)
  if (rest.length === 1) plan.count = countOf(rest[0]!)
  return plan
}

const isCount = (value: unknown, least: number) =>
  isNumeric(value) && Number.isInteger(toNumber(value)) && toNumber(value) >= least

function countOf(stage: Doc): PipelinePlan['count'] {
  const group = stage.$group
  if (!isDocument(group)) return null
  const [field, ...others] = Object.keys(group).filter((name) => name !== '_id')
  const accumulator = field === undefined ? null : group[field]
  const constantId = group._id === null || isNumeric(group._id)
  if (field === undefined || others.length || !constantId) return null
  if (!isDocument(accumulator) || Object.keys(accumulator).join() !== '$sum') return null
  return isNumeric(accumulator.$sum) && toNumber(accumulator.$sum) === 1
    ? { id: group._id, field }
    : null
}
