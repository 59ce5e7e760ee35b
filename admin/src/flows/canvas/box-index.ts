import type { Box } from '../document/align.ts'

const CELL = 256
/** a line may come this near to a block */
const MARGIN = 4

/** The blocks of a canvas by columns of space, so that a line is held against few of them. */
export class BoxIndex {
  private readonly cells = new Map<number, Box[]>()

  constructor(boxes: Iterable<Box>) {
    for (const box of boxes)
      for (let at = cell(box.x); at <= cell(box.x + box.width); at++) {
        const list = this.cells.get(at)
        if (list) list.push(box)
        else this.cells.set(at, [box])
      }
  }

  /** whether no block stands in the way from left to right; ends that only touch one are its own */
  freeAcross(left: number, right: number, y: number): boolean {
    for (let at = cell(left); at <= cell(right); at++)
      for (const box of this.cells.get(at) ?? [])
        if (
          box.x < right - MARGIN &&
          box.x + box.width > left + MARGIN &&
          y > box.y - MARGIN &&
          y < box.y + box.height + MARGIN
        )
          return false
    return true
  }

  /** the same along a vertical line */
  freeDown(x: number, from: number, to: number): boolean {
    const [top, bottom] = from < to ? [from, to] : [to, from]
    return !(this.cells.get(cell(x)) ?? []).some(
      (box) =>
        box.x - MARGIN < x &&
        box.x + box.width + MARGIN > x &&
        box.y < bottom &&
        box.y + box.height > top,
    )
  }

  /** those that stand between two places from left to right, whatever their height */
  between(left: number, right: number): Box[] {
    const found = new Set<Box>()
    for (let at = cell(left); at <= cell(right); at++)
      for (const box of this.cells.get(at) ?? [])
        if (box.x < right && box.x + box.width > left) found.add(box)
    return [...found]
  }
}

const cell = (x: number) => Math.floor(x / CELL)
