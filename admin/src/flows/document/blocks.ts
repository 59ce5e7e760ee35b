import { asObject, asString } from '../doc.ts'
import type { Doc, Loose } from '../doc.ts'

/** The document with these blocks instead; everything else keeps its identity. */
export const withBlocks = (doc: Doc, blocks: Record<string, unknown>): Doc => ({ ...doc, blocks })

export const blockOf = (doc: Doc, id: string): Loose | undefined => {
  const blocks = asObject(doc['blocks'])
  return Object.hasOwn(blocks, id) ? asObject(blocks[id]) : undefined
}

/** One block changed by `edit`; the same document if there is no such block or nothing changes. */
export function editBlock(doc: Doc, id: string, edit: (block: Loose) => Loose): Doc {
  const block = blockOf(doc, id)
  if (!block) return doc
  const next = edit(block)
  return next === block ? doc : withBlocks(doc, { ...asObject(doc['blocks']), [id]: next })
}

/** Every block through `edit`; blocks that come back the same keep the document's identity, too. */
export function editBlocks(doc: Doc, edit: (block: Loose, id: string) => Loose): Doc {
  let changed = false
  const blocks = Object.entries(asObject(doc['blocks'])).map(([id, value]) => {
    const block = asObject(value)
    const next = edit(block, id)
    if (next !== block) changed = true
    return [id, next === block ? value : next] as const
  })
  return changed ? withBlocks(doc, Object.fromEntries(blocks)) : doc
}

/** The object without these fields. */
export const without = (object: Loose, ...fields: string[]): Loose =>
  Object.fromEntries(Object.entries(object).filter(([key]) => !fields.includes(key)))

/** Blocks that begin something: the entry, the main menu, the targets of hotkeys. Existing ones only. */
export function startsOf(doc: Doc): string[] {
  const hotkeys = Array.isArray(doc['hotkeys']) ? doc['hotkeys'] : []
  const named = [doc['entry'], doc['main'], ...hotkeys.map((each) => asObject(each)['target'])]
  return [...new Set(named.flatMap((id) => asString(id) ?? []))].filter((id) => blockOf(doc, id))
}
