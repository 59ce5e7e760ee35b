import { asString, blocksOf } from '../doc.ts'
import type { Doc } from '../doc.ts'

/** Blocks to choose from: by their name, else by their id. */
export function blockOptions(doc: Doc): { value: string; label: string }[] {
  return Object.entries(blocksOf(doc)).map(([value, block]) => {
    const name = asString(block['label'])
    return { value, label: name === undefined ? value : `${name} · ${value}` }
  })
}
