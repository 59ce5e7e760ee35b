import type { BlockType } from '../../../../bots/flow/schema.ts'
import { asObject, asString } from '../doc.ts'
import type { Doc } from '../doc.ts'
import { freeBlockId, isTaken } from './block-id.ts'
import { blockOf, withBlocks } from './blocks.ts'
import { connect } from './connect.ts'
import { newBlock } from './new-block.ts'
import type { Point } from './place.ts'
import { freePort } from './ports.ts'

export interface Added {
  doc: Doc
  id: string
}

/** Puts a fresh block into the flow; the first one of all is where it begins. Without `at` it is drawn nowhere yet. */
export function addBlock(doc: Doc, type: BlockType, at?: Point): Added {
  const id = freeBlockId(type.split(':').at(-1)!, isTaken(doc))
  const block = newBlock(type, doc)
  if (at) block['ui'] = { x: Math.round(at.x), y: Math.round(at.y) }
  const next = withBlocks(doc, { ...asObject(doc['blocks']), [id]: block })
  const entry = asString(doc['entry'])
  const lost = entry === undefined || (!blockOf(doc, entry) && Object.keys(asObject(doc['blocks'])).length === 0) // prettier-ignore
  return { doc: lost ? { ...next, entry: id } : next, id }
}

/** A fresh block that an exit leads to. */
export function addBehind(
  doc: Doc,
  type: BlockType,
  exit: { from: string; port: string },
  at?: Point,
): Added {
  const added = addBlock(doc, type, at)
  return { doc: connect(added.doc, exit.from, exit.port, added.id), id: added.id }
}

/**
 * A fresh block in the middle of an exit: the exit leads to it, and it leads on to where the exit led, by its
 * first exit that must be connected. A block without one (an end) only takes the exit over.
 */
export function insertInto(
  doc: Doc,
  type: BlockType,
  exit: { from: string; port: string },
  at?: Point,
): Added {
  const to = asString(asObject(blockOf(doc, exit.from)?.['out'])[exit.port])
  const added = addBehind(doc, type, exit, at)
  const port = freePort(blockOf(added.doc, added.id) ?? {})
  return to === undefined || port === undefined
    ? added
    : { doc: connect(added.doc, added.id, port, to), id: added.id }
}
