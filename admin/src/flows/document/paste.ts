import { asList, asObject, asString, isObject } from '../doc.ts'
import type { Doc, Loose } from '../doc.ts'
import { freeBlockId, isTaken } from './block-id.ts'
import { blockOf, withBlocks } from './blocks.ts'
import type { Clip } from './clip.ts'
import { placeOf } from './place.ts'
import type { Point } from './place.ts'

export interface Pasted {
  doc: Doc
  ids: string[]
}

/** how far a copy stands from what it was made of */
const ASIDE = 32

/**
 * Puts copied blocks in, under ids nobody has; exits among them follow. `at` is where the upper left of them
 * comes to stand, default a little beside where they stood. Variables they name and the flow lacks are declared.
 */
export function paste(doc: Doc, clip: Clip, at?: Point): Pasted {
  const names = freshNames(doc, Object.keys(clip.blocks))
  const places = Object.values(clip.blocks).flatMap((block) => placeOf(block) ?? [])
  const corner = {
    x: Math.min(...places.map(({ x }) => x)),
    y: Math.min(...places.map(({ y }) => y)),
  }
  const by = at ? { x: at.x - corner.x, y: at.y - corner.y } : { x: ASIDE, y: ASIDE }
  const blocks = Object.entries(clip.blocks).map(([id, block]) => {
    const out = Object.entries(asObject(block['out'])).map(([port, to]) => [port, names.get(String(to)) ?? to]) // prettier-ignore
    return [names.get(id)!, moved({ ...block, out: Object.fromEntries(out) }, by)]
  })
  const ids = [...names.values()]
  const next = withBlocks(doc, { ...asObject(doc['blocks']), ...Object.fromEntries(blocks) })
  const entry = asString(doc['entry'])
  const begun = entry !== undefined && blockOf(next, entry)
  return { doc: declare(begun ? next : { ...next, entry: ids[0] }, clip.vars), ids }
}

/** Copies in the same flow; exits that lead elsewhere lead there, too. */
export function duplicate(doc: Doc, ids: readonly string[]): Pasted {
  const chosen = ids.filter((id) => blockOf(doc, id))
  const blocks = Object.fromEntries(chosen.map((id) => [id, blockOf(doc, id)!]))
  return chosen.length > 0 ? paste(doc, { blocks, vars: [] }) : { doc, ids: [] }
}

function freshNames(doc: Doc, ids: readonly string[]): Map<string, string> {
  const taken = isTaken(doc)
  const given = new Set<string>()
  return new Map(
    ids.map((id) => {
      const name = freeBlockId(id, (wish) => taken(wish) || given.has(wish))
      given.add(name)
      return [id, name]
    }),
  )
}

function moved(block: Loose, by: Point): Loose {
  const at = placeOf(block)
  if (!at) return block
  return { ...block, ui: { ...asObject(block['ui']), x: Math.round(at.x + by.x), y: Math.round(at.y + by.y) } } // prettier-ignore
}

function declare(doc: Doc, vars: readonly Loose[]): Doc {
  const known = new Set(
    [...asList(doc['vars']), ...asList(doc['params'])].map((each) => asObject(each)['name']),
  )
  const lacking = vars.filter((each) => !known.has(each['name']))
  return lacking.length > 0
    ? { ...doc, vars: [...asList(doc['vars']).filter(isObject), ...lacking] }
    : doc
}
