import { badValue, location, notSupported } from './errors.ts'
import { compileExpression } from './expressions.ts'
import { elementTest } from './match.ts'
import { isOperatorDocument } from './valueTests.ts'
import { segmentsOf, valuesAt } from './paths.ts'
import { positionOf } from './update/positional.ts'
import type { Doc } from './value.ts'
import { fieldOf, isDocument, isNumeric, isTruthy, toNumber } from './value.ts'

export type Projection = (doc: Doc) => Doc

/** A leaf is a projected field; a branch leads on. */
interface Tree {
  [segment: string]: true | Tree
}

interface Parsed {
  included: string[]
  excluded: string[]
  /** changes to the result that need the whole source document */
  specials: ((source: Doc, result: Doc) => void)[]
  /** some special asks for its field only, which makes it an inclusion */
  picks: boolean
  id: boolean | null
}

/**
 * Compile a projection (manual: "Project Fields to Return from Query"); null if it keeps all. The filter
 * is needed for `field.$`.
 */
export function compileProjection(spec: unknown, filter: Doc, variables?: Doc): Projection | null {
  if (spec === undefined || spec === null) return null
  if (!isDocument(spec)) throw badValue('the projection has to be a document')
  if (!Object.keys(spec).length) return null
  const parsed: Parsed = { included: [], excluded: [], specials: [], picks: false, id: null }
  parse(spec, '', parsed, filter, variables)
  const { included, excluded, specials, picks, id } = parsed
  if (included.length && excluded.length) {
    throw location(31254, `Cannot do exclusion on field ${excluded[0]} in inclusion projection`)
  }
  const onlyId = id === true && !excluded.length && !specials.length
  const inclusion = included.length > 0 || picks || onlyId
  const tree = treeOf(inclusion ? included : excluded)
  if (inclusion && id !== false) tree._id = true
  if (!inclusion && id === false) tree._id = true
  return (doc) => {
    const result = inclusion ? include(doc, tree) : exclude(doc, tree)
    for (const special of specials) special(doc, result)
    return result
  }
}

function parse(spec: Doc, prefix: string, parsed: Parsed, filter: Doc, variables?: Doc): void {
  for (const [name, value] of Object.entries(spec)) {
    const path = prefix + name
    if (name === '' || path.startsWith('$')) throw badValue(`'${path}' cannot be projected`)
    if (isDocument(value) && Object.keys(value).length && !isOperatorDocument(value)) {
      parse(value, `${path}.`, parsed, filter, variables)
    } else if (typeof value === 'boolean' || isNumeric(value)) {
      const on = isTruthy(value)
      if (path === '_id') parsed.id = on
      else if (path.endsWith('.$') && on) {
        parsed.picks = true
        parsed.specials.push(positionalElement(path.slice(0, -2), filter))
      } else (on ? parsed.included : parsed.excluded).push(path)
    } else if (isOperatorDocument(value) && '$slice' in value) {
      parsed.specials.push(slice(path, value.$slice))
    } else if (isOperatorDocument(value) && '$elemMatch' in value) {
      parsed.picks = true
      parsed.specials.push(matchingElement(path, value.$elemMatch))
    } else if (isOperatorDocument(value) && '$meta' in value) {
      throw notSupported('$meta is not supported by the embedded engine')
    } else {
      parsed.picks = true
      const evaluate = compileExpression(value, variables)
      parsed.specials.push((source, result) => {
        const computed = evaluate(source)
        if (computed !== undefined) setPath(result, path, computed)
      })
    }
  }
}

function treeOf(paths: string[]): Tree {
  const root: Tree = {}
  for (const path of paths) {
    const segments = segmentsOf(path)
    let tree = root
    segments.forEach((segment, i) => {
      const known = Object.hasOwn(tree, segment) ? tree[segment] : undefined
      if (i === segments.length - 1) {
        if (known !== undefined && known !== true)
          throw location(31250, `Path collision at ${path}`)
        tree[segment] = true
      } else if (known === true) throw location(31249, `Path collision at ${path}`)
      else tree = tree[segment] = known ?? {}
    })
  }
  return root
}

const branchOf = (tree: Tree, name: string) => (Object.hasOwn(tree, name) ? tree[name] : undefined)

function include(doc: Doc, tree: Tree): Doc {
  const result: Doc = {}
  for (const name of Object.keys(doc)) {
    const branch = branchOf(tree, name)
    const value = doc[name]
    if (branch === true) result[name] = value
    else if (branch && Array.isArray(value)) result[name] = includeElements(value, branch)
    else if (branch && isDocument(value)) result[name] = include(value, branch)
  }
  return result
}

const includeElements = (elements: unknown[], tree: Tree): unknown[] =>
  elements.flatMap((element): unknown[] => {
    if (Array.isArray(element)) return [includeElements(element, tree)]
    return isDocument(element) ? [include(element, tree)] : []
  })

function exclude(doc: Doc, tree: Tree): Doc {
  const result: Doc = {}
  for (const name of Object.keys(doc)) {
    const branch = branchOf(tree, name)
    if (branch === true) continue
    result[name] = branch ? excludeFrom(doc[name], branch) : doc[name]
  }
  return result
}

function excludeFrom(value: unknown, tree: Tree): unknown {
  if (Array.isArray(value)) return value.map((element) => excludeFrom(element, tree))
  return isDocument(value) ? exclude(value, tree) : value
}

const arrayAt = (doc: Doc, path: string): unknown[] | undefined =>
  valuesAt(doc, path).find((value): value is unknown[] => Array.isArray(value))

function positionalElement(path: string, filter: Doc) {
  return (source: Doc, result: Doc): void => {
    const elements = arrayAt(source, path)
    if (!elements) return
    const at = positionOf(source, filter, path)
    if (at < 0) {
      throw location(
        51246,
        "positional operator '.$' couldn't find a matching element in the array",
      )
    }
    setPath(result, path, [elements[at]])
  }
}

function slice(path: string, operand: unknown) {
  const parts = (Array.isArray(operand) ? operand : [operand]).map(toNumber)
  if (parts.length > 2 || !parts.every(Number.isInteger))
    throw badValue('$slice needs one or two integers')
  const [first, second] = parts as [number, number?]
  return (source: Doc, result: Doc): void => {
    const elements = arrayAt(source, path)
    if (!elements) return
    if (second === undefined) {
      setPath(result, path, first < 0 ? elements.slice(first) : elements.slice(0, first))
      return
    }
    const from = first < 0 ? Math.max(0, elements.length + first) : first
    setPath(result, path, elements.slice(from, from + second))
  }
}

function matchingElement(path: string, operand: unknown) {
  const test = elementTest(operand)
  return (source: Doc, result: Doc): void => {
    const element = arrayAt(source, path)?.find(test)
    if (element !== undefined) setPath(result, path, [element])
  }
}

/** Set a path in a result, copying what is shared with the source on the way. */
function setPath(result: Doc, path: string, value: unknown): void {
  const segments = segmentsOf(path)
  let at = result
  for (const segment of segments.slice(0, -1)) {
    const next = fieldOf(at, segment)
    at = at[segment] = isDocument(next) ? { ...next } : {}
  }
  at[segments[segments.length - 1]!] = value
}
