import { asObject, blocksOf } from '../doc.ts'
import type { Doc, Loose } from '../doc.ts'
import type { Box } from '../document/align.ts'
import type { Places } from '../document/place.ts'
import { cardOf, handlesOf } from './card.ts'
import type { Card, Looks } from './card.ts'
import { exitKey } from './exit-key.ts'
import { routeLines } from './line-routes.ts'
import type { Wire } from './line-routes.ts'

export interface LineLook {
  route?: string
  named?: boolean
}
interface Drawn {
  doc: Doc
  looks: Looks
  places: Places
  dragging?: boolean
}
type Placed = Box & { card: Card }

const asItComes: LineLook = {}
const named: LineLook = { named: true }
/** half the side of a handle */
const HALF = 6

/**
 * The ways of all lines, found anew only when a block stands elsewhere or leads elsewhere: not while one writes, and
 * while one drags only the lines of what is dragged are let loose.
 */
export class LineRoutes {
  private boxes = new Map<string, Placed>()
  private wires = new Map<string, Wire>()
  private looks = new Map<string, LineLook>()
  private seen: Drawn | undefined

  of(id: string): LineLook {
    return this.looks.get(id) ?? asItComes
  }

  update(drawn: Drawn): void {
    const { doc, looks, places, dragging } = drawn
    const same = this.seen
    if (same?.doc === doc && same.looks === looks && same.places === places && same.dragging === dragging) return // prettier-ignore
    const released = same?.dragging === true && dragging !== true
    this.seen = drawn
    const boxes = boxesOf(doc, looks, places)
    const moved = new Set([...boxes].filter(([id, box]) => !sameBox(box, this.boxes.get(id))).map(([id]) => id)) // prettier-ignore
    if (moved.size === 0 && boxes.size === this.boxes.size && !released) return
    if (dragging === true) {
      for (const [id, { from, to }] of this.wires)
        if (moved.has(from) || moved.has(to)) this.looks.set(id, asItComes)
      this.boxes = boxes
      return
    }
    this.boxes = boxes
    const wires = wiresOf(boxes)
    const routes = routeLines(boxes, wires)
    this.wires = new Map(wires.map((wire) => [wire.id, wire]))
    this.looks = new Map(wires.map(({ id, from, to }) => [id, from === to ? asItComes : lookOf(routes.get(id))])) // prettier-ignore
  }
}

const lookOf = (route: readonly { x: number; y: number }[] | undefined): LineLook =>
  route ? { route: route.map(({ x, y }) => `${x},${y}`).join(' ') } : named

function boxesOf(doc: Doc, looks: Looks, places: Places): Map<string, Placed> {
  const boxes = new Map<string, Placed>()
  for (const [id, block] of Object.entries(blocksOf(doc))) {
    const at = places.get(id)
    if (!at) continue
    const card = cardOf(id, asObject(block) as Loose, looks)
    boxes.set(id, { x: at.x, y: at.y, ...card.size, card })
  }
  return boxes
}

/** where it stands, how large it is and where it leads */
function sameBox(a: Placed, b: Placed | undefined): boolean {
  if (!b || a.x !== b.x || a.y !== b.y || a.height !== b.height) return false
  return (
    a.card === b.card ||
    (a.card.ports.length === b.card.ports.length &&
      a.card.ports.every(({ port, to }, at) => port === b.card.ports[at]!.port && to === b.card.ports[at]!.to)) // prettier-ignore
  )
}

function wiresOf(boxes: ReadonlyMap<string, Placed>): Wire[] {
  const wires: Wire[] = []
  for (const [from, { x, y, card }] of boxes) {
    const handles = handlesOf(card)
    card.ports.forEach(({ port, to }, at) => {
      const target = to === undefined ? undefined : boxes.get(to)
      if (to === undefined || !target) return
      const handle = handles[at + 1]!
      const into = handlesOf(target.card)[0]!
      wires.push({
        id: exitKey(from, port),
        from,
        to,
        // the library lets a line begin and end at the outer edge of a handle
        start: { x: x + handle.x + 2 * HALF, y: y + handle.y + HALF },
        end: { x: target.x + into.x, y: target.y + into.y + HALF },
      })
    })
  }
  return wires
}
