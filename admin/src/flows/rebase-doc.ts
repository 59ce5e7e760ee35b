import { rebase } from '../records/rebase.ts'
import { asObject } from './doc.ts'
import type { Doc } from './doc.ts'

const BLOCK = 'blocks/'

/** Two people edited one draft: merged block by block; `clashes` are what both changed. */
export function rebaseDoc(base: Doc, mine: Doc, theirs: Doc): { doc: Doc; clashes: string[] } {
  const { values, clashes } = rebase(flat(base), flat(mine), flat(theirs))
  return {
    doc: unflat(values),
    clashes: clashes.map(({ field }) => field.replace(BLOCK, '')),
  }
}

function flat({ blocks, ...rest }: Doc): Doc {
  const entries = Object.entries(asObject(blocks)).map(([id, block]) => [BLOCK + id, block])
  return { ...rest, ...Object.fromEntries(entries) }
}

function unflat(values: Doc): Doc {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined)
  const blocks = entries
    .filter(([field]) => field.startsWith(BLOCK))
    .map(([field, value]) => [field.slice(BLOCK.length), value])
  return {
    ...Object.fromEntries(entries.filter(([field]) => !field.startsWith(BLOCK))),
    blocks: Object.fromEntries(blocks),
  }
}
