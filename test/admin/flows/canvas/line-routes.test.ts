import { expect } from 'chai'
import fc from 'fast-check'
import { LineRoutes } from '../../../../admin/src/flows/canvas/line-routes-kept.ts'
import { linePath } from '../../../../admin/src/flows/canvas/line-path.ts'
import { routeLines } from '../../../../admin/src/flows/canvas/line-routes.ts'
import type { Wire } from '../../../../admin/src/flows/canvas/line-routes.ts'
import type { Doc } from '../../../../admin/src/flows/doc.ts'
import { editBlock } from '../../../../admin/src/flows/document/blocks.ts'
import type { Box } from '../../../../admin/src/flows/document/align.ts'
import type { Point } from '../../../../admin/src/flows/document/place.ts'

const [WIDTH, HEIGHT] = [200, 100]
const box = (x: number, y: number): Box => ({ x, y, width: WIDTH, height: HEIGHT })
const boxesOf = (boxes: Record<string, Box>) => new Map(Object.entries(boxes))
function wire(boxes: ReadonlyMap<string, Box>, from: string, to: string): Wire {
  const [a, b] = [boxes.get(from)!, boxes.get(to)!]
  const start = { x: a.x + WIDTH + 6, y: a.y + 70 }
  return { id: `${from}/${to}`, from, to, start, end: { x: b.x - 6, y: b.y + 24 } }
}
/** Whether the line from corner to corner is seen everywhere. */
function beneath(route: readonly Point[], boxes: Iterable<Box>): boolean {
  return [...boxes].some(({ x, y, width, height }) =>
    route.slice(1).some((point, at) => {
      const before = route[at]!
      const [left, right] = [Math.min(before.x, point.x), Math.max(before.x, point.x)]
      const [top, bottom] = [Math.min(before.y, point.y), Math.max(before.y, point.y)]
      return left < x + width && right > x && top < y + height && bottom > y
    }),
  )
}

describe('the ways of lines on the canvas', () => {
  it('a line to the next column turns once, in the gap before it', () => {
    const boxes = boxesOf({ a: box(0, 0), b: box(300, 200) })
    const route = routeLines(boxes, [wire(boxes, 'a', 'b')]).get('a/b')!
    expect(route).to.have.length(4)
    expect(route[1]!.x).to.equal(route[2]!.x).and.to.be.within(206, 294)
  })
  it('the only line turns halfway; lines to several blocks of a column each have a trunk', () => {
    const boxes = boxesOf({ a: box(0, 0), b: box(400, 200), c: box(400, 400) })
    const turn = (...wires: Wire[]) => [...routeLines(boxes, wires).values()].map((route) => route![1]!.x) // prettier-ignore
    const [first, second] = [wire(boxes, 'a', 'b'), wire(boxes, 'a', 'c')]
    expect(turn(first)).to.deep.equal([(first.start.x + first.end.x) / 2])
    expect(new Set(turn(first, second)).size).to.equal(2)
  })
  it('a block in between is passed above or below', () => {
    const boxes = boxesOf({ a: box(0, 0), wall: box(300, 0), b: box(600, 0) })
    const route = routeLines(boxes, [wire(boxes, 'a', 'b')]).get('a/b')!
    expect(beneath(route, boxes.values())).to.equal(false)
    expect(route).to.have.length(6)
  })
  it('lines to one block share the trunk before it; those to its neighbour stand apart', () => {
    const boxes = boxesOf({ a: box(0, 0), b: box(0, 200), end: box(300, 400), other: box(300, 100) }) // prettier-ignore
    const wires = [wire(boxes, 'a', 'end'), wire(boxes, 'b', 'end'), wire(boxes, 'a', 'other')]
    const routes = routeLines(boxes, wires)
    const trunk = (id: string) => routes.get(id)!.at(-2)!.x
    expect(trunk('a/end')).to.equal(trunk('b/end'))
    expect(trunk('a/other')).not.to.equal(trunk('a/end'))
  })
  it('what leads back, or too far to follow, is named instead', () => {
    const boxes = boxesOf({ a: box(0, 0), b: box(300, 0), far: box(3000, 0), deep: box(300, 4000) })
    const wires = [wire(boxes, 'b', 'a'), wire(boxes, 'a', 'far'), wire(boxes, 'a', 'deep')]
    expect([...routeLines(boxes, wires).values()]).to.deep.equal([undefined, undefined, undefined])
  })
  it('holds wherever blocks stand: from exit to block, and beneath none', () => {
    const ids = ['a', 'b', 'c', 'd', 'e', 'f']
    const at = fc.record({ x: fc.integer({ min: 0, max: 5 }), y: fc.integer({ min: 0, max: 9 }) })
    fc.assert(
      fc.property(
        fc.uniqueArray(at, { minLength: 6, maxLength: 6, selector: ({ x, y }) => `${x} ${y}` }),
        (cells) => {
          // prettier-ignore
          const boxes = new Map(cells.map(({ x, y }, index) => [ids[index]!, box(x * 270, y * 125)]))
          const wires = ids.flatMap((from) => ids.map((to) => wire(boxes, from, to)))
          for (const [id, route] of routeLines(boxes, wires)) {
            if (!route) continue
            const { start, end } = wires.find((each) => each.id === id)!
            expect([route[0], route.at(-1)]).to.deep.equal([start, end])
            if (beneath(route, boxes.values())) throw new Error(`${id} runs beneath a block`)
          }
        },
      ),
      { numRuns: 200 },
    )
  })
  it('is drawn with round corners, and its tools stand in the middle of it', () => {
    const { path, middle } = linePath('0,0 50,0 50,100 100,100')
    expect(path).to.match(/^M0,0L40,0Q50,0 50,10/)
    expect(middle).to.deep.equal({ x: 50, y: 50 })
  })
})

describe('the kept ways of lines', () => {
  const doc: Doc = {
    blocks: {
      a: { type: 'say', out: { next: 'b' } },
      b: { type: 'say', out: { next: 'a' } },
    },
  }
  const looks = { lang: 'en', callees: new Map(), unfolded: new Set<string>() }
  const places = new Map([
    ['a', { x: 0, y: 0 }],
    ['b', { x: 400, y: 0 }],
  ])

  it('stay while one writes, are let loose while one drags, and are found again after it', () => {
    const routes = new LineRoutes()
    routes.update({ doc, looks, places })
    const before = routes.of('a/next')
    expect(before.route).to.be.a('string')
    expect(routes.of('b/next')).to.deep.equal({ named: true })
    routes.update({ doc: editBlock(doc, 'a', (block) => ({ ...block, label: 'A' })), looks, places }) // prettier-ignore
    expect(routes.of('a/next')).to.equal(before)
    const moved = new Map([...places, ['b', { x: 400, y: 300 }] as const])
    routes.update({ doc, looks, places: moved, dragging: true })
    expect(routes.of('a/next')).to.deep.equal({})
    routes.update({ doc, looks, places: moved })
    expect(routes.of('a/next').route).to.be.a('string').and.not.to.equal(before.route)
  })
  it('an exit that leads elsewhere is drawn to where it leads', () => {
    const routes = new LineRoutes()
    routes.update({ doc, looks, places })
    const back = editBlock(doc, 'a', (block) => ({ ...block, out: { next: 'a' } }))
    routes.update({ doc: back, looks, places })
    expect(routes.of('a/next')).to.deep.equal({})
  })
})
