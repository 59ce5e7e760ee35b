import type { Block, FlowDoc } from '../../bots/flow/schema.ts'
import { newId } from '../store/id.ts'
import type { PlaceDocumentBody } from './schema.ts'

/** Pixels of the canvas between two blocks, and to what is there already. */
const STEP = 140
const BESIDE = 420

/**
 * Puts one `say` block per passage into a document, one leading to the next, in a frame beside what is there. The
 * last leads nowhere yet: where it goes on is for people to draw. @returns ids of the blocks
 */
export function placeDocument(
  doc: FlowDoc,
  { name, lang, passages, voice, speed }: Omit<PlaceDocumentBody, 'flowId'>,
): string[] {
  const ids = passages.map((_, at) => freeId(doc, `doc${at + 1}`))
  const choice = { ...(voice !== undefined && { voice }), ...(speed !== undefined && { speed }) }
  const places = Object.values(doc.blocks).flatMap(({ ui }) => ui ?? [])
  const x = Math.max(0, ...places.map((place) => place.x)) + (places.length ? BESIDE : 0)
  const y = places.length ? Math.min(...places.map((place) => place.y)) : 0
  for (const [at, text] of passages.entries()) {
    const next = ids[at + 1]
    const block: Block = {
      type: 'say',
      label: `${name} ${at + 1}`.slice(0, 200),
      prompt: { [lang]: { text, ...choice } },
      out: next === undefined ? {} : { next },
      ui: { x, y: y + at * STEP },
    }
    doc.blocks[ids[at]!] = block
  }
  const group = { id: newId(), title: name.slice(0, 200), blocks: ids }
  doc.ui = { ...doc.ui, groups: [...(doc.ui?.groups ?? []), group] }
  return ids
}

function freeId(doc: FlowDoc, wanted: string): string {
  let id = wanted
  for (let at = 2; Object.hasOwn(doc.blocks, id); at++) id = `${wanted}_${at}`
  return id
}
