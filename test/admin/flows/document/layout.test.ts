import { expect } from 'chai'
import fc from 'fast-check'
import type { Doc } from '../../../../admin/src/flows/doc.ts'
import { asObject, blocksOf } from '../../../../admin/src/flows/doc.ts'
import { align, distribute } from '../../../../admin/src/flows/document/align.ts'
import { fillPlaces } from '../../../../admin/src/flows/document/fill-places.ts'
import { COLUMN_GAP, layout } from '../../../../admin/src/flows/document/layout.ts'
import type { Point, Size } from '../../../../admin/src/flows/document/place.ts'
import { spread } from '../../../../admin/src/flows/document/spread.ts'
import { largeFlow } from '../../../bots/flow/bench-documents.ts'

const SIZE: Size = { width: 200, height: 100 }
const sizeOf = () => SIZE
const flow = (exits: Record<string, string[]>, more: Doc = {}): Doc => ({
  entry: Object.keys(exits)[0],
  blocks: Object.fromEntries(
    Object.entries(exits).map(([id, to]) => [
      id,
      { type: 'say', out: Object.fromEntries(to.map((target, at) => [`p${at}`, target])) },
    ]),
  ),
  ...more,
})
const overlaps = (a: Point, b: Point) =>
  Math.abs(a.x - b.x) < SIZE.width && Math.abs(a.y - b.y) < SIZE.height
function noneOverlap(places: ReadonlyMap<string, Point>): void {
  const all = [...places]
  for (const [at, [id, a]] of all.entries())
    for (const [other, b] of all.slice(at + 1))
      if (overlaps(a, b)) throw new Error(`${id} lies on ${other}`)
}

describe('the layout of a flow', () => {
  it('runs to the right, each block behind all that lead to it', () => {
    const places = layout(flow({ a: ['b', 'c'], b: ['d'], c: ['b'], d: [] }), sizeOf)
    const x = (id: string) => places.get(id)!.x
    expect(x('a')).to.be.lessThan(x('c'))
    expect(x('c')).to.be.lessThan(x('b'))
    expect(x('b')).to.be.lessThan(x('d'))
  })
  it('goes back where the flow does, and not with the rest', () => {
    const places = layout(flow({ a: ['b'], b: ['c', 'a'], c: ['b', 'c'] }), sizeOf)
    expect(['a', 'b', 'c'].map((id) => places.get(id)!.x)).to.deep.equal([
      0,
      200 + COLUMN_GAP,
      2 * (200 + COLUMN_GAP),
    ])
  })
  it('has no crossing where none is needed: upper exits lead to upper blocks', () => {
    const places = layout(flow({ a: ['x', 'y', 'z'], z: [], y: [], x: [] }), sizeOf)
    const y = (id: string) => places.get(id)!.y
    expect(y('x')).to.be.lessThan(y('y'))
    expect(y('y')).to.be.lessThan(y('z'))
    expect(y('a'), 'in the middle of what it leads to').to.equal(y('y'))
  })
  it('holds for any flow: every block once, none on another, loose exits and circles among them', () => {
    const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
    const exits = fc.array(fc.constantFrom(...ids, 'gone'), { maxLength: 4 })
    fc.assert(
      fc.property(fc.record(Object.fromEntries(ids.map((id) => [id, exits]))), (graph) => {
        const places = layout(flow(graph), sizeOf)
        expect([...places.keys()].sort()).to.deep.equal(ids)
        for (const { x, y } of places.values()) expect(Number.isInteger(x) && Number.isInteger(y)).to.equal(true) // prettier-ignore
        noneOverlap(places)
      }),
      { numRuns: 150 },
    )
  })
  it('is the same each time, and holds for 300 blocks and for a chain of thousands', () => {
    const large = largeFlow(300) as unknown as Doc
    const places = layout(large, sizeOf)
    expect(layout(large, sizeOf)).to.deep.equal(places)
    noneOverlap(places)
    const chain = Object.fromEntries(Array.from({ length: 3000 }, (_, at) => [`b${at}`, [`b${at + 1}`]])) // prettier-ignore
    expect(layout(flow(chain), sizeOf).size).to.equal(3000)
  })
  it('is empty for an empty flow', () => {
    expect(layout({ blocks: {} }, sizeOf).size).to.equal(0)
    expect(layout({}, sizeOf).size).to.equal(0)
  })
})

describe('boxes on a line', () => {
  it('stand at their wishes where there is room, else in the middle of them', () => {
    expect(spread([0, 50, 200], [10, 10, 10], 5)).to.deep.equal([0, 50, 200])
    expect(spread([10, 10], [10, 10], 0)).to.deep.equal([5, 15])
  })
  it('keep their order and their gaps whatever they wish', () => {
    const box = fc.tuple(fc.integer({ min: -500, max: 500 }), fc.integer({ min: 1, max: 90 }))
    fc.assert(
      fc.property(fc.array(box, { maxLength: 20 }), (boxes) => {
        const sizes = boxes.map(([, size]) => size)
        const starts = spread(boxes.map(([wish]) => wish), sizes, 7) // prettier-ignore
        for (let at = 1; at < starts.length; at++)
          expect(starts[at]! - starts[at - 1]! - sizes[at - 1]!).to.be.greaterThan(7 - 1e-6)
      }),
    )
  })
})

describe('blocks that were drawn nowhere', () => {
  const chain = flow({ a: ['b'], b: ['c'], c: [] })

  it('are laid out as long as none was drawn', () => {
    expect(fillPlaces(chain, new Map(), sizeOf)).to.deep.equal(layout(chain, sizeOf))
  })
  it('stand behind what leads to them, on nobody’s place', () => {
    const blocks = blocksOf(chain)
    const drawn = {
      ...chain,
      blocks: {
        ...blocks,
        a: { ...blocks['a'], ui: { x: 1000, y: 1000 } },
        d: { type: 'say', ui: { x: 1290, y: 990 } },
      },
    }
    const places = fillPlaces(drawn, new Map(), sizeOf)
    expect(places.get('a')).to.deep.equal({ x: 1000, y: 1000 })
    expect(places.get('b')!.x).to.be.greaterThan(1000)
    noneOverlap(places)
  })
  it('stay where they stood before', () => {
    const known = new Map([['b', { x: 7, y: 8 }]])
    expect(fillPlaces(chain, known, sizeOf).get('b')).to.deep.equal({ x: 7, y: 8 })
  })
  it('a place that is no number is none', () => {
    const odd = {
      ...chain,
      blocks: { ...blocksOf(chain), a: { type: 'say', ui: { x: 'left', y: null } } },
    }
    expect(fillPlaces(odd, new Map(), sizeOf).size).to.equal(3)
    expect(asObject(odd.blocks.a.ui)['x']).to.equal('left')
  })
})

describe('several blocks at once', () => {
  const boxes = new Map([
    ['a', { x: 0, y: 0, width: 100, height: 40 }],
    ['b', { x: 50, y: 100, width: 60, height: 80 }],
    ['c', { x: 300, y: 400, width: 100, height: 40 }],
  ])
  const of = (places: ReadonlyMap<string, Point>, axis: 'x' | 'y') =>
    [...places.values()].map((place) => place[axis])

  it('are aligned by an edge or by their middles', () => {
    expect(of(align(boxes, 'left'), 'x')).to.deep.equal([0, 0, 0])
    expect(of(align(boxes, 'right'), 'x')).to.deep.equal([300, 340, 300])
    expect(of(align(boxes, 'center'), 'x')).to.deep.equal([150, 170, 150])
    expect(of(align(boxes, 'bottom'), 'y')).to.deep.equal([400, 360, 400])
    expect(of(align(boxes, 'top'), 'y')).to.deep.equal([0, 0, 0])
    expect(of(align(boxes, 'middle'), 'y')).to.deep.equal([200, 180, 200])
  })
  it('are spaced out evenly; the outermost stay', () => {
    // 440 high, 160 of them blocks: gaps of 140
    expect(of(distribute(boxes, 'y'), 'y')).to.deep.equal([0, 180, 400])
    const two = new Map([...boxes].slice(0, 2))
    expect(of(distribute(two, 'x'), 'x'), 'two have one gap only').to.deep.equal([0, 50])
  })
})
