import { rebase, same } from '../records/rebase.ts'
import { asObject, isObject } from './doc.ts'
import type { Doc, Loose } from './doc.ts'

const BLOCK = 'blocks/'

/**
 * Two people edited one draft: merged block by block, a block both worked on field by field and exit by exit.
 * `clashes` are what both changed to something else: mine is kept. Who moved a block last is no clash.
 */
export function rebaseDoc(base: Doc, mine: Doc, theirs: Doc): { doc: Doc; clashes: string[] } {
  const [from, own, other] = [flat(base), flat(mine), flat(theirs)]
  const { values, clashes } = rebase(from, own, other)
  const names: string[] = []
  for (const { field } of clashes) {
    const sides = [from[field], own[field], other[field]]
    // lists and texts of the document, or a block one of us took away, are one thing
    if (!sides.every(isObject)) names.push(field.replace(BLOCK, ''))
    else {
      const inner = rebaseFields(sides[0] as Loose, sides[1] as Loose, sides[2] as Loose)
      values[field] = inner.value
      if (inner.clashes.length > 0) names.push(field.replace(BLOCK, ''))
    }
  }
  return { doc: unflat(values, Object.keys(own)), clashes: names }
}

function rebaseFields(
  base: Loose,
  mine: Loose,
  theirs: Loose,
): { value: Loose; clashes: string[] } {
  const { values, clashes } = rebase(base, mine, theirs)
  const left = clashes.flatMap(({ field }) => {
    if (field === 'ui') return []
    if (field !== 'out') return [field]
    const out = rebase(asObject(base['out']), asObject(mine['out']), asObject(theirs['out']))
    values['out'] = defined(out.values)
    return out.clashes.length > 0 ? [field] : []
  })
  const value = defined(values)
  return { value: same(value, mine) ? mine : value, clashes: left }
}

const defined = (values: Loose): Loose =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))

function flat({ blocks, ...rest }: Doc): Doc {
  const entries = Object.entries(asObject(blocks)).map(([id, block]) => [BLOCK + id, block])
  return { ...rest, ...Object.fromEntries(entries) }
}

/** @param order fields as I have them, so that my blocks keep their order */
function unflat(values: Doc, order: readonly string[]): Doc {
  const fields = [...order, ...Object.keys(values).filter((field) => !order.includes(field))]
  const entries = fields
    .map((field) => [field, values[field]] as const)
    .filter(([, value]) => value !== undefined)
  const blocks = entries
    .filter(([field]) => field.startsWith(BLOCK))
    .map(([field, value]) => [field.slice(BLOCK.length), value])
  return {
    ...Object.fromEntries(entries.filter(([field]) => !field.startsWith(BLOCK))),
    blocks: Object.fromEntries(blocks),
  }
}
