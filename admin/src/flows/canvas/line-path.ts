import type { Point } from '../document/place.ts'

const RADIUS = 10

/** @param route `x,y x,y …`. @returns the corners rounded, and the middle of the way */
export function linePath(route: string): { path: string; middle: Point } {
  const points = route.split(' ').map((each): Point => {
    const [x, y] = each.split(',').map(Number)
    return { x: x!, y: y! }
  })
  let path = `M${points[0]!.x},${points[0]!.y}`
  for (let at = 1; at < points.length - 1; at++) {
    const [before, corner, after] = [points[at - 1]!, points[at]!, points[at + 1]!]
    const radius = Math.min(RADIUS, far(before, corner) / 2, far(corner, after) / 2)
    const [into, out] = [toward(corner, before, radius), toward(corner, after, radius)]
    path += `L${into.x},${into.y}Q${corner.x},${corner.y} ${out.x},${out.y}`
  }
  const last = points.at(-1)!
  return { path: `${path}L${last.x},${last.y}`, middle: middleOf(points) }
}

const far = (a: Point, b: Point) => Math.abs(a.x - b.x) + Math.abs(a.y - b.y)
const toward = (from: Point, to: Point, by: number): Point => {
  const whole = far(from, to) || 1
  return { x: from.x + ((to.x - from.x) * by) / whole, y: from.y + ((to.y - from.y) * by) / whole }
}

function middleOf(points: readonly Point[]): Point {
  const pieces = points.slice(1).map((point, at) => far(points[at]!, point))
  let left = pieces.reduce((sum, one) => sum + one, 0) / 2
  for (const [at, piece] of pieces.entries()) {
    if (left <= piece) return toward(points[at]!, points[at + 1]!, left)
    left -= piece
  }
  return points.at(-1)!
}
