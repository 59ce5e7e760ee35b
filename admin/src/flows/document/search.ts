import { asObject, asString, blocksOf, isObject } from '../doc.ts'
import type { Doc } from '../doc.ts'

export interface Found {
  id: string
  /** what was found, with a little around it */
  excerpt: string
}

const MAX_FOUND = 100
const AROUND = 24

/** Blocks whose id, label or words contain the text, in any language; those it names come first. */
export function searchBlocks(doc: Doc, text: string): Found[] {
  const wanted = text.trim().toLowerCase()
  if (wanted === '') return []
  const named: Found[] = []
  const said: Found[] = []
  for (const [id, block] of Object.entries(blocksOf(doc))) {
    const label = asString(block['label']) ?? ''
    if (`${id} ${label}`.toLowerCase().includes(wanted)) named.push({ id, excerpt: label })
    else {
      const words = wordsIn(block).find((one) => one.toLowerCase().includes(wanted))
      if (words !== undefined) said.push({ id, excerpt: around(words, wanted) })
    }
  }
  return [...named, ...said].slice(0, MAX_FOUND)
}

/** Everything written in a block, but where it leads and where it is drawn. */
function wordsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(wordsIn)
  if (!isObject(value)) return []
  return Object.entries(asObject(value)).flatMap(([key, inner]) =>
    key === 'out' || key === 'ui' || key === 'type' ? [] : wordsIn(inner),
  )
}

function around(words: string, wanted: string): string {
  const at = words.toLowerCase().indexOf(wanted)
  const from = Math.max(0, at - AROUND)
  const to = at + wanted.length + AROUND
  return `${from > 0 ? '…' : ''}${words.slice(from, to)}${to < words.length ? '…' : ''}`
}
