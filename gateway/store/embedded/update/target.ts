import { badValue, emptyFieldName, pathNotViable } from '../errors.ts'
import { isArrayIndex, segmentsOf } from '../paths.ts'
import type { Doc } from '../value.ts'
import { isDocument, show } from '../value.ts'
import { positionOf } from './positional.ts'

/** One place in one document, with `$` and `$[…]` already resolved. */
export type Place = string[]

export interface PathContext {
  filter: Doc
  arrayFilters: Map<string, (element: unknown) => boolean>
}

/** An array cannot be made longer than this by writing far behind its end. */
const MAX_BACKFILL = 1_500_000
const MAX_SEGMENTS = 100

export function checkPath(path: string): void {
  const segments = segmentsOf(path)
  if (segments.length > MAX_SEGMENTS) throw badValue('the update path is too deep')
  for (const segment of segments) {
    if (segment === '') {
      throw emptyFieldName(
        `The update path '${path}' contains an empty field name, which is not allowed.`,
      )
    }
    // assigning it would set an object's prototype instead of a field
    if (segment === '__proto__') throw badValue("the field name '__proto__' cannot be updated")
  }
}

/** The places an update path stands for in a document (manual: "Array Update Operators"). */
export function resolvePlaces(doc: Doc, path: string, context: PathContext): Place[] {
  const segments = segmentsOf(path)
  if (!path.includes('$')) return [segments]
  let partial: { place: Place; value: unknown }[] = [{ place: [], value: doc }]
  for (const segment of segments) {
    partial = partial.flatMap(({ place, value }) =>
      elementsFor(doc, segment, place, value, path, context).map((name) => ({
        place: [...place, name],
        value: childOf(value, name),
      })),
    )
  }
  return partial.map(({ place }) => place)
}

function elementsFor(
  doc: Doc,
  segment: string,
  place: Place,
  value: unknown,
  path: string,
  context: PathContext,
): string[] {
  if (segment === '$') {
    const position = positionOf(doc, context.filter, place.join('.'))
    if (position < 0) {
      throw badValue('The positional operator did not find the match needed from the query.')
    }
    return [String(position)]
  }
  if (!segment.startsWith('$[')) return [segment]
  if (!Array.isArray(value)) {
    throw badValue(
      `The path '${place.join('.')}' must exist in the document in order to apply array updates.`,
    )
  }
  const name = segment.slice(2, -1)
  const test = name ? context.arrayFilters.get(name) : () => true
  if (!test) throw badValue(`No array filter found for identifier '${name}' in path '${path}'`)
  return value.flatMap((element, i) => (test(element) ? [String(i)] : []))
}

export function childOf(value: unknown, name: string): unknown {
  if (Array.isArray(value)) return isArrayIndex(name) ? (value[Number(name)] as unknown) : undefined
  return isDocument(value) && Object.hasOwn(value, name) ? value[name] : undefined
}

export function valueAtPlace(doc: Doc, place: Place): unknown {
  let value: unknown = doc
  for (const name of place) value = childOf(value, name)
  return value
}

/** Write a value, making the documents that lead to it. Error 28 where something else is in the way. */
export function setAtPlace(doc: Doc, place: Place, value: unknown): void {
  let holder: unknown = doc
  place.forEach((name, i) => {
    if (!Array.isArray(holder) && !isDocument(holder)) {
      throw notViable(name, place[i - 1] ?? '', holder)
    }
    const last = i === place.length - 1
    let child = childOf(holder, name)
    if (last || child === undefined) {
      child = last ? value : {}
      assign(holder, name, child, place[i - 1] ?? '')
    }
    holder = child
  })
}

function assign(holder: unknown[] | Doc, name: string, value: unknown, holderName: string): void {
  if (!Array.isArray(holder)) {
    holder[name] = value
    return
  }
  if (!isArrayIndex(name)) throw notViable(name, holderName, holder)
  const index = Number(name)
  if (index - holder.length > MAX_BACKFILL) {
    throw badValue(`can't backfill array to larger than ${MAX_BACKFILL} elements`)
  }
  while (holder.length < index) holder.push(null)
  holder[index] = value
}

const notViable = (name: string, holderName: string, holder: unknown) =>
  pathNotViable(`Cannot create field '${name}' in element {${holderName}: ${show(holder)}}`)

/** Take a field away; an array element becomes null, so that the others keep their places. */
export function removeAtPlace(doc: Doc, place: Place): boolean {
  const holder = valueAtPlace(doc, place.slice(0, -1))
  const name = place[place.length - 1]!
  if (childOf(holder, name) === undefined) return false
  if (Array.isArray(holder)) holder[Number(name)] = null
  else delete (holder as Doc)[name]
  return true
}
