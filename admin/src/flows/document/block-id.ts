import { asObject } from '../doc.ts'
import type { Doc } from '../doc.ts'

/** blockIdSchema's limit, less room for `_99` */
const LONGEST_STEM = 60

/** An id nobody has yet: `say`, `say_2`, `say_3` … after the wish, without its own number. */
export function freeBlockId(wish: string, taken: (id: string) => boolean): string {
  const stem =
    wish
      .replace(/_\d+$/, '')
      .replace(/[^\w-]/g, '')
      .replace(/^-+/, '')
      .slice(0, LONGEST_STEM) || 'block'
  for (let number = 1; ; number++) {
    const id = number === 1 ? stem : `${stem}_${number}`
    if (!taken(id)) return id
  }
}

/** Is there such a block, or an exit or hotkey that waits for one? A new block must not catch it by chance. */
export function isTaken(doc: Doc): (id: string) => boolean {
  const blocks = asObject(doc['blocks'])
  const named = new Set(
    Object.values(blocks).flatMap((block) => Object.values(asObject(asObject(block)['out']))),
  )
  return (id) => Object.hasOwn(blocks, id) || named.has(id)
}
