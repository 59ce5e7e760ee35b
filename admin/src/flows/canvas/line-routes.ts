/**
 * The way of every line across the canvas, in right angles and beneath no block. Lines to the same block share one
 * trunk before it. What leads back, or so far that nobody could follow it with the eye, gets no way: the exit names
 * where it leads instead (ExitRow).
 */
import type { Box } from '../document/align.ts'
import type { Point } from '../document/place.ts'
import { BoxIndex } from './box-index.ts'

export interface Wire {
  id: string
  from: string
  to: string
  /** middle of the handle it leaves by, and of the one it comes in by */
  start: Point
  end: Point
}
/** Corners from start to end; undefined: named at the exit instead. */
export type Route = readonly Point[] | undefined

/** down and across together: no eye follows a line further through others */
const FARTHEST = 1300
/** before a block: room for the head of the arrow; trunks stand in the rest */
const ARROW = 18
const TRUNKS = 60
const APART = 10
/** how far from a block a line passes */
const PASS = 12
/** how far behind its exit a line may turn */
const TURN = 14
const MOST_LANES = 16

/** @param boxes by block. @returns the way of each wire, by its id */
export function routeLines(
  boxes: ReadonlyMap<string, Box>,
  wires: readonly Wire[],
): Map<string, Route> {
  const index = new BoxIndex(boxes.values())
  const routes = new Map<string, Route>(wires.map(({ id }) => [id, undefined]))
  const near = wires.filter(isNear)
  const trunks = trunksOf(near)
  const lines = new Map<number, number>()
  for (const { end } of near) lines.set(columnOf(end), (lines.get(columnOf(end)) ?? 0) + 1)
  // short ones first: they have the right of way
  for (const wire of [...near].sort((a, b) => a.end.x - a.start.x - (b.end.x - b.start.x)))
    routes.set(wire.id, alone(wire, lines, index) ?? route(wire, trunks.get(wire.to)!, index))
  return routes
}

const isNear = ({ start, end, from, to }: Wire) =>
  from !== to && end.x - start.x >= TURN + ARROW && across({ start, end }) <= FARTHEST

const across = ({ start, end }: Pick<Wire, 'start' | 'end'>) =>
  Math.abs(end.x - start.x) + Math.abs(end.y - start.y)

/** The only line into a column turns halfway, where there is room for that. */
function alone(wire: Wire, lines: ReadonlyMap<number, number>, index: BoxIndex): Route {
  if (lines.get(columnOf(wire.end)) !== 1) return undefined
  const halfway = route(wire, (wire.start.x + wire.end.x) / 2, index)
  return halfway && halfway.length <= 4 ? halfway : undefined
}

const columnOf = ({ x }: { x: number }) => Math.round(x / 64)

function route({ start, end }: Wire, wish: number, index: BoxIndex): Route {
  const level = Math.abs(start.y - end.y) < 2
  if (level && index.freeAcross(start.x, end.x, start.y)) return [start, end]
  const trunk = Math.max(wish, start.x + TURN)
  if (!index.freeDown(trunk, start.y, end.y) || !index.freeAcross(trunk, end.x, end.y))
    return undefined
  if (index.freeAcross(start.x, trunk, start.y)) return [start, { x: trunk, y: start.y }, { x: trunk, y: end.y }, end] // prettier-ignore
  const turn = start.x + TURN
  const between = index.between(turn, trunk)
  const lanes = [end.y, ...between.flatMap(({ y, height }) => [y - PASS, y + height + PASS])]
  const detour = (lane: number) => Math.abs(lane - start.y) + Math.abs(lane - end.y)
  const lane = lanes
    .sort((a, b) => detour(a) - detour(b))
    .slice(0, MOST_LANES)
    .find(
      (y) =>
        index.freeAcross(turn, trunk, y) &&
        index.freeDown(turn, start.y, y) &&
        index.freeDown(trunk, y, end.y),
    )
  if (lane === undefined || end.x - start.x + detour(lane) > FARTHEST) return undefined // prettier-ignore
  return [start, { x: turn, y: start.y }, { x: turn, y: lane }, { x: trunk, y: lane }, { x: trunk, y: end.y }, end] // prettier-ignore
}

/** Where the trunk of each block's lines stands: those of one column apart from each other where they would touch. */
function trunksOf(wires: readonly Wire[]): Map<string, number> {
  const reach = new Map<string, { id: string; x: number; top: number; bottom: number }>()
  for (const { to, start, end } of wires) {
    const known = reach.get(to)
    const [top, bottom] = [Math.min(start.y, end.y), Math.max(start.y, end.y)]
    if (known) {
      known.top = Math.min(known.top, top)
      known.bottom = Math.max(known.bottom, bottom)
    } else reach.set(to, { id: to, x: end.x, top, bottom })
  }
  const columns = new Map<number, { id: string; x: number; top: number; bottom: number }[]>()
  for (const each of reach.values()) {
    const column = columnOf(each)
    const list = columns.get(column)
    if (list) list.push(each)
    else columns.set(column, [each])
  }
  const trunks = new Map<string, number>()
  for (const column of columns.values()) {
    const ends: number[] = []
    const slots = new Map<string, number>()
    for (const each of column.sort((a, b) => a.top - b.top)) {
      const free = ends.findIndex((end) => end + APART < each.top)
      const slot = free < 0 ? ends.length : free
      ends[slot] = each.bottom
      slots.set(each.id, slot)
    }
    const step = Math.min(APART, TRUNKS / ends.length)
    const middle = ends.length === 1 ? TRUNKS / 2 : (TRUNKS - step * (ends.length - 1)) / 2
    for (const { id, x } of column) trunks.set(id, x - ARROW - middle - slots.get(id)! * step)
  }
  return trunks
}
