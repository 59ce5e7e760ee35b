/** What a block shows of itself on the canvas, and how large that is. No DOM is measured: 300 blocks must be placed before they are drawn. */
import { kindOf } from '../../../../bots/flow/describe.ts'
import { asList, asObject, asString, saidBy, valueText } from '../doc.ts'
import type { Loose } from '../doc.ts'
import { portsOf } from '../document/ports.ts'
import type { Port } from '../document/ports.ts'
import type { Size } from '../document/place.ts'

/** Lengths in pixels; canvas.css has the same. */
export const CARD_WIDTH = 256
const HEAD = 48
const SAID = 50
const ABOUT = 28
const ROW = 26
const FOOT = 6
/** half the side of the square one connects by */
const HALF_HANDLE = 6

export interface Card {
  /** the language it was drawn in */
  lang: string
  type: string
  label: string | undefined
  /** what it says, in the language looked at; else in another (`elsewhere`) */
  said: string | undefined
  elsewhere: boolean
  /** what it works with: a queue, a source, what it sets */
  about: string | undefined
  /** what is shown: connected ones, and those that must be */
  ports: readonly Port[]
  /** optional exits that are not shown */
  folded: number
  size: Size
}

export interface Looks {
  lang: string
  callees: ReadonlyMap<string, readonly string[]>
  /** blocks that show all their exits */
  unfolded: ReadonlySet<string>
}

const known = new WeakMap<Loose, { key: string; card: Card }>()

export function cardOf(id: string, block: Loose, looks: Looks): Card {
  const flow = asString(block['flow'])
  const callee =
    (flow !== undefined && block['type'] === 'subflow' && looks.callees.get(flow)) || []
  const all = looks.unfolded.has(id)
  const key = `${looks.lang} ${all} ${callee.join()}`
  const kept = known.get(block)
  if (kept?.key === key) return kept.card
  const card = draw(block, looks.lang, callee, all)
  known.set(block, { key, card })
  return card
}

function draw(block: Loose, lang: string, callee: readonly string[], all: boolean): Card {
  const said = saidBy(block, [lang])[0]
  const about = aboutOf(block)
  const ports = portsOf(block, callee)
  const shown = all ? ports : ports.filter(({ required, to }) => required || to !== undefined)
  const folded = ports.length - shown.length
  const rows = shown.length + (folded > 0 ? 1 : 0)
  return {
    lang,
    type: kindOf(block) ?? '',
    label: asString(block['label']),
    said: said?.text,
    elsewhere: said !== undefined && said.lang !== lang,
    about,
    ports: shown,
    folded,
    size: {
      width: CARD_WIDTH,
      height: HEAD + (said ? SAID : about !== undefined ? ABOUT : 0) + rows * ROW + FOOT,
    },
  }
}

/** Fields that say what a block works with, by their own names. */
const subjects = ['queue', 'schedule', 'source', 'flow', 'dialog', 'knowledgeBase', 'classifier', 'mailbox', 'survey', 'kind', 'name'] // prettier-ignore

function aboutOf(block: Loose): string | undefined {
  const assigned = asList(block['assign']).map(asObject).map((each) => `${String(each['var'])} = ${valueText(each['value'])}`) // prettier-ignore
  const named = subjects.flatMap((field) => asString(block[field]) ?? [])
  const set = asString(block['set'])
  const parts = [...named, ...assigned, ...(set === undefined ? [] : [`→ ${set}`])]
  return parts.length > 0 ? parts.join(' · ') : undefined
}

export interface HandlePlace {
  id: string | null
  type: 'source' | 'target'
  x: number
  y: number
}

/** The upper left corner of each square one connects by, from the upper left corner of the block. */
export function handlesOf(card: Card): HandlePlace[] {
  const above = card.size.height - FOOT - (card.ports.length + (card.folded > 0 ? 1 : 0)) * ROW
  return [
    { id: null, type: 'target', x: -HALF_HANDLE, y: HEAD / 2 - HALF_HANDLE },
    ...card.ports.map(({ port }, at): HandlePlace => ({
      id: port,
      type: 'source',
      x: card.size.width - HALF_HANDLE,
      y: above + at * ROW + ROW / 2 - HALF_HANDLE,
    })),
  ]
}
