import { asObject, isObject } from './doc.ts'
import type { Doc } from './doc.ts'
import { same } from '../records/rebase.ts'

/** One thing that is different, at a path a person can follow. */
export interface Change {
  /** `prompt.zh-CN.text`; inside lists the id of the item, else its place from 1 */
  path: string[]
  before?: unknown
  after?: unknown
}

export type Part = { kind: 'added' | 'removed' | 'changed'; changes: Change[] }

export interface FlowDiff {
  /** of the document itself: name, languages, hotkeys, variables … */
  document: Change[]
  /** by block id, in the order of the newer document, removed ones last */
  blocks: [id: string, part: Part][]
}

/** How the newer document differs; where a block was drawn is nobody's concern. */
export function diffFlows(older: Doc, newer: Doc): FlowDiff {
  const [before, after] = [asObject(older['blocks']), asObject(newer['blocks'])]
  const ids = [...new Set([...Object.keys(after), ...Object.keys(before)])]
  const blocks = ids.flatMap((id): FlowDiff['blocks'] => {
    const changes = changesIn(drawnNowhere(before[id]), drawnNowhere(after[id]), [])
    if (changes.length === 0) return []
    const kind = !(id in before) ? 'added' : !(id in after) ? 'removed' : 'changed'
    return [[id, { kind, changes }]]
  })
  return { document: changesIn(without(older, 'blocks'), without(newer, 'blocks'), []), blocks }
}

function changesIn(before: unknown, after: unknown, path: string[]): Change[] {
  if (same(before, after)) return []
  if (isOpen(before) && isOpen(after)) {
    const [left, right] = [entriesOf(before), entriesOf(after)]
    return [...new Set([...left.keys(), ...right.keys()])].flatMap((key) =>
      changesIn(left.get(key), right.get(key), [...path, key]),
    )
  }
  // what came or went whole is opened too, so that its words can be read
  if (before === undefined && isOpen(after)) return opened(after, path, 'after')
  if (after === undefined && isOpen(before)) return opened(before, path, 'before')
  return [{ path, ...(before !== undefined && { before }), ...(after !== undefined && { after }) }]
}

function opened(value: object, path: string[], side: 'before' | 'after'): Change[] {
  const entries = [...entriesOf(value)]
  return entries.flatMap(([key, inner]) => {
    const at = [...path, key]
    if (inner === undefined) return []
    return isOpen(inner) && Object.keys(inner).length > 0
      ? opened(inner, at, side)
      : [{ path: at, [side]: inner }]
  })
}

/** Lists of plain values (phrases, skills) read best as a whole; all else is looked into. */
const isOpen = (value: unknown): value is object =>
  isObject(value) || (Array.isArray(value) && value.some(isObject))

/** Items of lists go by their id, so that a choice put in between does not change all after it. */
function entriesOf(value: object): Map<string, unknown> {
  if (!Array.isArray(value)) return new Map(Object.entries(value))
  const names = value.map((item, at) => nameOf(item) ?? String(at + 1))
  const unique = new Set(names).size === names.length
  return new Map(value.map((item, at) => [unique ? names[at]! : String(at + 1), item]))
}

function nameOf(item: unknown): string | undefined {
  const { id, lang, name, dtmf } = asObject(item)
  const key = id ?? lang ?? name ?? dtmf
  return typeof key === 'string' ? key : undefined
}

const without = (doc: Doc, field: string): Doc =>
  Object.fromEntries(Object.entries(doc).filter(([key]) => key !== field))

const drawnNowhere = (block: unknown): unknown => (isObject(block) ? without(block, 'ui') : block)
