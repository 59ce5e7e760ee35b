import { asObject, asString } from '../doc.ts'
import type { Doc } from '../doc.ts'
import { blockOf, withBlocks, without } from './blocks.ts'
import { disconnectFrom } from './connect.ts'
import { withoutInGroups } from './groups.ts'

/**
 * Takes blocks out, and the exits that led to them. A lost entry moves on to what came next, when that is
 * clear; hotkeys and tests that name them stay, for only a person knows what they should say now.
 */
export function removeBlocks(doc: Doc, ids: readonly string[]): Doc {
  const gone = new Set(ids.filter((id) => blockOf(doc, id)))
  if (gone.size === 0) return doc
  const kept = withBlocks(doc, without(asObject(doc['blocks']), ...gone))
  const heir = heirOf(doc, gone)
  const entry = asString(doc['entry'])
  const main = asString(doc['main'])
  const next = withoutInGroups(disconnectFrom(kept, gone), gone)
  return {
    ...(main !== undefined && gone.has(main) ? without(next, 'main') : next),
    ...(entry !== undefined && gone.has(entry) && heir !== undefined && { entry: heir }),
  }
}

function heirOf(doc: Doc, gone: ReadonlySet<string>): string | undefined {
  const seen = new Set<string>()
  let id = asString(doc['entry'])
  while (id !== undefined && gone.has(id) && !seen.has(id)) {
    seen.add(id)
    id = asString(asObject(blockOf(doc, id)?.['out'])['next'])
  }
  return id !== undefined && !gone.has(id) && blockOf(doc, id) ? id : undefined
}
