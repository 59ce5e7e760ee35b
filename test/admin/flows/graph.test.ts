import { expect } from 'chai'
import { Graph } from '../../../admin/src/flows/canvas/graph.ts'
import type { CanvasNode, Scene } from '../../../admin/src/flows/canvas/graph.ts'
import type { Doc } from '../../../admin/src/flows/doc.ts'
import { editBlock } from '../../../admin/src/flows/document/blocks.ts'
import { connect } from '../../../admin/src/flows/document/connect.ts'
import { addGroup } from '../../../admin/src/flows/document/groups.ts'

const doc = (): Doc => ({
  entry: 'a',
  blocks: {
    a: { type: 'say', prompt: { en: { text: 'A' } }, out: { next: 'b' } },
    b: { type: 'say', prompt: { en: { text: 'B' } }, out: { next: 'gone' } },
    c: { type: 'end', reason: 'done' },
  },
})
const places = new Map([
  ['a', { x: 0, y: 0 }],
  ['b', { x: 400, y: 0 }],
  ['c', { x: 800, y: 0 }],
])
const scene = (more: Partial<Scene> = {}): Scene => ({
  doc: doc(),
  looks: { lang: 'en', callees: new Map(), unfolded: new Set() },
  places,
  selected: new Set(),
  problems: [],
  overlay: undefined,
  focusable: 'a',
  names: 'en',
  describe: (id) => id,
  ...more,
})
/** Which nodes are other objects than before: those that are drawn again. */
const drawnAgain = (before: CanvasNode[], after: CanvasNode[]) =>
  after.filter((node) => !before.includes(node)).map(({ id }) => id)

describe('the document on the canvas', () => {
  it('has an edge for each exit that leads to a block there is', () => {
    const edges = new Graph().edgesOf(scene(), new Set())
    expect(edges.map(({ id, target }) => `${id} ${target}`)).to.deep.equal(['a/next b'])
  })
  it('choosing a block draws that one again and no other', () => {
    const [graph, first] = [new Graph(), scene()]
    const before = graph.nodesOf(first)
    expect(graph.nodesOf({ ...first }).every((node) => before.includes(node))).to.equal(true)
    const after = graph.nodesOf({ ...first, selected: new Set(['b']) })
    expect(drawnAgain(before, after)).to.deep.equal(['b'])
  })
  it('writing into a block draws that one again, and no line', () => {
    const [graph, first] = [new Graph(), scene()]
    const before = graph.nodesOf(first)
    const lines = graph.edgesOf(first, new Set())
    const next = editBlock(first.doc, 'b', (block) => ({ ...block, label: 'Bee' }))
    expect(drawnAgain(before, graph.nodesOf({ ...first, doc: next }))).to.deep.equal(['b'])
    expect(graph.edgesOf({ ...first, doc: next }, new Set())).to.equal(lines)
    const led = connect(next, 'b', 'next', 'c')
    expect(graph.edgesOf({ ...first, doc: led }, new Set())).to.have.length(2)
  })
  it('a check that finds the same again draws nothing again', () => {
    const graph = new Graph()
    const found = () => [{ code: 'PORT', severity: 'error', block: 'b', zh: '未连接', en: 'loose' } as const] // prettier-ignore
    const first = scene({ problems: found() })
    const before = graph.nodesOf(first)
    expect(drawnAgain(before, graph.nodesOf({ ...first, problems: found() }))).to.deep.equal([])
    expect(drawnAgain(before, graph.nodesOf({ ...first, problems: [] }))).to.deep.equal(['b'])
  })
  it('the way of a trial is lit, the rest steps back; figures stand on blocks and exits', () => {
    const graph = new Graph()
    const path = { kind: 'path', blocks: new Set(['a', 'b']), exits: new Set(['a/next']), at: 'b' } as const // prettier-ignore
    const ways = graph
      .nodesOf(scene({ overlay: path }))
      .map(({ data }) => 'way' in data && data.way)
    expect(ways).to.deep.equal(['on', 'at', 'off'])
    expect(graph.edgesOf(scene({ overlay: path }), new Set())[0]?.data?.way).to.equal('on')
    const figures = { entered: 10, exits: { next: 4 }, gaveUp: 6, askedForPerson: 0, noMatch: 0, noInput: 0 } // prettier-ignore
    const measured = scene({ overlay: { kind: 'measures', blocks: new Map([['a', figures]]) } })
    expect(graph.edgesOf(measured, new Set())[0]?.data).to.include({ count: 4, share: 0.4 })
  })
  it('a frame stands around its blocks, wherever they are dragged', () => {
    const graph = new Graph()
    const framed = addGroup(doc(), 'F', ['a', 'b'])
    const frame = graph.nodesOf(scene({ doc: framed }))[0]!
    expect([frame.type, frame.position.x]).to.deep.equal(['frame', -20])
    const moved = new Map([...places, ['a', { x: -100, y: 0 }] as const])
    expect(graph.nodesOf(scene({ doc: framed, places: moved }))[0]?.position.x).to.equal(-120)
  })
})
