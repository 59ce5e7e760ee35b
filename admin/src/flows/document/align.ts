import type { Point, Size } from './place.ts'

export type Box = Point & Size
export const alignments = ['left', 'center', 'right', 'top', 'middle', 'bottom'] as const
export type Alignment = (typeof alignments)[number]

/** Where the boxes stand when one edge or axis of all is the same: the outermost edge, the middle of all. */
export function align(boxes: ReadonlyMap<string, Box>, to: Alignment): Map<string, Point> {
  const all = [...boxes.values()]
  const [left, top] = [Math.min(...all.map(({ x }) => x)), Math.min(...all.map(({ y }) => y))]
  const right = Math.max(...all.map(({ x, width }) => x + width))
  const bottom = Math.max(...all.map(({ y, height }) => y + height))
  const moved = ({ x, y, width, height }: Box): Point => {
    switch (to) {
      case 'left':
        return { x: left, y }
      case 'right':
        return { x: right - width, y }
      case 'center':
        return { x: (left + right - width) / 2, y }
      case 'top':
        return { x, y: top }
      case 'bottom':
        return { x, y: bottom - height }
      case 'middle':
        return { x, y: (top + bottom - height) / 2 }
    }
  }
  return new Map([...boxes].map(([id, box]) => [id, moved(box)]))
}

/** Equal gaps along one axis; the first and the last stay. Fewer than three stay as they are. */
export function distribute(boxes: ReadonlyMap<string, Box>, along: 'x' | 'y'): Map<string, Point> {
  const size = along === 'x' ? 'width' : 'height'
  const sorted = [...boxes].sort(([, a], [, b]) => a[along] - b[along])
  const [first, last] = [sorted[0]?.[1], sorted.at(-1)?.[1]]
  if (!first || !last || sorted.length < 3) return new Map(sorted.map(([id, { x, y }]) => [id, { x, y }])) // prettier-ignore
  const room = last[along] + last[size] - first[along]
  const gap = (room - sorted.reduce((sum, [, box]) => sum + box[size], 0)) / (sorted.length - 1)
  let at = first[along]
  return new Map(
    sorted.map(([id, box]) => {
      const { x, y } = box
      const place = along === 'x' ? { x: at, y } : { x, y: at }
      at += box[size] + gap
      return [id, place]
    }),
  )
}
