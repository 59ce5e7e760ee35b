import { asObject } from '../doc.ts'
import type { Doc } from '../doc.ts'
import { exitsTo } from './connect.ts'
import { layout, ROW_GAP } from './layout.ts'
import { placeOf } from './place.ts'
import type { Places, Point, Size } from './place.ts'

/**
 * Where every block is shown: where it was drawn, else where it stood before (`known`), else where the layout puts
 * it. In a flow that is drawn in part, the rest comes to stand beside what leads to it, on nobody's place.
 */
export function fillPlaces(
  doc: Doc,
  known: Places,
  sizeOf: (id: string) => Size,
): Map<string, Point> {
  const places = new Map<string, Point>()
  const lacking: string[] = []
  for (const [id, block] of Object.entries(asObject(doc['blocks']))) {
    const at = placeOf(asObject(block)) ?? known.get(id)
    if (at) places.set(id, at)
    else lacking.push(id)
  }
  if (lacking.length === 0) return places
  const whole = layout(doc, sizeOf)
  if (places.size === 0) return whole
  // leaders first, so that a chain of new blocks grows from the first of them
  lacking.sort((a, b) => whole.get(a)!.x - whole.get(b)!.x)
  for (const id of lacking) {
    const ideal = whole.get(id)!
    const leader = exitsTo(doc, id).find(({ from }) => from !== id && places.has(from))?.from
    const by = leader ?? places.keys().next().value!
    const [is, was] = [places.get(by)!, whole.get(by)!]
    places.set(id, freePlace({ x: is.x + ideal.x - was.x, y: is.y + ideal.y - was.y }, sizeOf(id), places, sizeOf)) // prettier-ignore
  }
  return places
}

/** The wish, or the next place below it where nothing stands. */
export function freePlace(
  wish: Point,
  size: Size,
  places: Places,
  sizeOf: (id: string) => Size,
): Point {
  let { y } = wish
  const inTheWay = [...places]
    .map(([id, at]) => ({ ...at, ...sizeOf(id) }))
    .filter(({ x, width }) => x < wish.x + size.width && wish.x < x + width)
    .sort((a, b) => a.y - b.y)
  for (const other of inTheWay)
    if (other.y < y + size.height + ROW_GAP / 2 && y < other.y + other.height + ROW_GAP / 2)
      y = other.y + other.height + ROW_GAP
  return { x: wish.x, y }
}
