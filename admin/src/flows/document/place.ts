import { asObject } from '../doc.ts'
import type { Doc, Loose } from '../doc.ts'
import { editBlocks } from './blocks.ts'

/** Pixels of the canvas at scale 1; y grows downwards. */
export interface Point {
  x: number
  y: number
}
export interface Size {
  width: number
  height: number
}
export type Places = ReadonlyMap<string, Point>

/** Where the block was drawn, if it was. */
export function placeOf(block: Loose): Point | undefined {
  const { x, y } = asObject(block['ui'])
  return typeof x === 'number' && Number.isFinite(x) && typeof y === 'number' && Number.isFinite(y)
    ? { x, y }
    : undefined
}

/** Blocks put at these places. The notes on them stay. */
export function moveBlocks(doc: Doc, places: Places): Doc {
  return editBlocks(doc, (block, id) => {
    const to = places.get(id)
    const at = placeOf(block)
    if (!to || (at && at.x === to.x && at.y === to.y)) return block
    return { ...block, ui: { ...asObject(block['ui']), x: Math.round(to.x), y: Math.round(to.y) } }
  })
}

/** Blocks that were drawn nowhere are put where they are seen now, so that they stay there. */
export function keepPlaces(doc: Doc, seen: Places): Doc {
  return editBlocks(doc, (block, id) => {
    const at = placeOf(block) ? undefined : seen.get(id)
    return at
      ? { ...block, ui: { ...asObject(block['ui']), x: Math.round(at.x), y: Math.round(at.y) } }
      : block
  })
}
