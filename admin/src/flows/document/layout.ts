/**
 * Places of the blocks of a flow, by layers from left to right, as the flow runs. Own code: dagre took minutes for
 * 300 blocks. Sugiyama's steps: turn back edges round, layer by longest path, order by barycentres, then
 * place by the least movement that keeps the blocks apart.
 */
import { asObject } from '../doc.ts'
import type { Doc } from '../doc.ts'
import { startsOf } from './blocks.ts'
import type { Point, Size } from './place.ts'
import { spread } from './spread.ts'

/** room for the trunks of the lines between two columns (line-routes.ts) */
export const COLUMN_GAP = 96
export const ROW_GAP = 32
/** between what is reached from the entry and what only hotkeys lead to */
const BAND_GAP = 120
const SWEEPS = 6

interface Edge {
  from: string
  to: string
  /** where the exit is among the exits of its block, so that upper exits lead to upper blocks */
  at: number
}

/**
 * @param sizeOf in pixels of the canvas
 * @returns the upper left corner of every block, on whole pixels
 */
export function layout(doc: Doc, sizeOf: (id: string) => Size): Map<string, Point> {
  const ids = Object.keys(asObject(doc['blocks']))
  const edges = edgesOf(doc, ids)
  const places = new Map<string, Point>()
  let top = 0
  for (const band of bandsOf(doc, ids, edges)) {
    const inside = new Set(band)
    const own = edges.filter(({ from, to }) => inside.has(from) && inside.has(to))
    top = place(band, own, startsOf(doc).filter((id) => inside.has(id)), sizeOf, top, places) + BAND_GAP // prettier-ignore
  }
  return places
}

/** What the entry leads to is one drawing; what only hotkeys lead to, or nothing, stands beneath it. */
function bandsOf(doc: Doc, ids: readonly string[], edges: readonly Edge[]): string[][] {
  const entry = doc['entry']
  if (typeof entry !== 'string' || !ids.includes(entry)) return ids.length > 0 ? [[...ids]] : []
  const reached = depths([entry], edges)
  const rest = ids.filter((id) => !reached.has(id))
  return [ids.filter((id) => reached.has(id)), ...(rest.length > 0 ? [rest] : [])]
}

/** @returns the lower edge of what was placed */
function place(
  ids: readonly string[],
  all: readonly Edge[],
  starts: readonly string[],
  sizeOf: (id: string) => Size,
  under: number,
  places: Map<string, Point>,
): number {
  const forward = forwardEdges(ids, all, starts)
  // the entry first of all, then what hotkeys lead to
  const found = layersOf([...new Set([...starts, ...ids])], forward)
  const { layers: whole, edges, lanes } = withLanes(found, forward)
  const layers = order(whole, edges)
  const sizes = new Map([...ids.map((id) => [id, sizeOf(id)] as const), ...lanes.map((id) => [id, LANE] as const)]) // prettier-ignore
  const tops = heights(layers, edges, sizes)
  const top = Math.min(...ids.map((id) => tops.get(id)!)) - under
  let x = 0
  let bottom = under
  for (const layer of layers) {
    const blocks = layer.filter((id) => !id.startsWith(LANE_MARK))
    const width = Math.max(0, ...blocks.map((id) => sizes.get(id)!.width))
    for (const id of blocks) {
      const y = Math.round(tops.get(id)! - top)
      places.set(id, { x, y })
      bottom = Math.max(bottom, y + sizes.get(id)!.height)
    }
    x += width + COLUMN_GAP
  }
  return bottom
}

/** no block id begins so */
const LANE_MARK = '@'
const LANE: Size = { width: 0, height: 12 }
/** longer ones would pull the whole drawing apart */
const LONGEST_LANE = 4

/**
 * Exits that pass over layers get a lane through them, one for all that lead to the same block, so that they run
 * between the blocks and not beneath them.
 */
function withLanes(layers: readonly string[][], edges: readonly Edge[]) {
  const layerOf = new Map(layers.flatMap((layer, at) => layer.map((id) => [id, at] as const)))
  const next = layers.map((layer) => [...layer])
  const lanes = new Set<string>()
  const led = new Set<string>()
  const split = edges.flatMap((edge): Edge[] => {
    const [start, end] = [layerOf.get(edge.from)!, layerOf.get(edge.to)!]
    if (end - start < 2 || end - start > LONGEST_LANE) return [edge]
    const way = [edge.from]
    for (let layer = start + 1; layer < end; layer++) {
      const lane = `${LANE_MARK}${edge.to} ${layer}`
      if (!lanes.has(lane)) next[layer]!.push(lane)
      lanes.add(lane)
      way.push(lane)
    }
    way.push(edge.to)
    return way.slice(1).flatMap((to, at): Edge[] => {
      const from = way[at]!
      // a lane leads on once, however many come into it
      if (from.startsWith(LANE_MARK) && led.has(from)) return []
      led.add(from)
      return [{ from, to, at: edge.at }]
    })
  })
  return { layers: next, edges: split, lanes: [...lanes] }
}

function edgesOf(doc: Doc, ids: readonly string[]): Edge[] {
  const known = new Set(ids)
  return Object.entries(asObject(doc['blocks'])).flatMap(([from, block]) =>
    Object.values(asObject(asObject(block)['out'])).flatMap((to, at) =>
      typeof to === 'string' && to !== from && known.has(to) ? [{ from, to, at }] : [],
    ),
  )
}

/** How many exits one takes at least to come to each block. */
function depths(starts: readonly string[], edges: readonly Edge[]): Map<string, number> {
  const outgoing = grouped(edges, ({ from }) => from)
  const depth = new Map(starts.map((id) => [id, 0]))
  const open = [...starts]
  for (let at = 0; at < open.length; at++)
    for (const { to } of outgoing.get(open[at]!) ?? []) {
      if (depth.has(to)) continue
      depth.set(to, depth.get(open[at]!)! + 1)
      open.push(to)
    }
  return depth
}

/**
 * Without those that lead back: to what is met sooner from the start, or, equally far from it, to a block on the way to
 * them. So a block that everybody falls back on (`转人工`, the main menu, the end) stands where one first meets it, and
 * does not push the whole flow into one long chain. Found depth first, with a stack of its own.
 */
function forwardEdges(
  ids: readonly string[],
  all: readonly Edge[],
  starts: readonly string[],
): Edge[] {
  const ledTo = new Set(all.map(({ to }) => to))
  const free = ids.filter((id) => !ledTo.has(id))
  const depth = new Map<string, number>()
  // one after the other: what the first start leads to is as far as that says
  for (const root of [...starts.slice(0, 1), ...free, ...starts, ...ids]) {
    if (depth.has(root)) continue
    const fresh = all.filter(({ from, to }) => !depth.has(from) && !depth.has(to))
    for (const [id, far] of depths([root], fresh)) depth.set(id, far)
  }
  const edges = all.filter(({ from, to }) => depth.get(to)! >= depth.get(from)!)
  const outgoing = grouped(edges, ({ from }) => from)
  const state = new Map<string, 'open' | 'done'>()
  const back = new Set<Edge>()
  // what nothing leads to comes before what is only in a circle
  const roots = [...starts, ...free, ...ids]
  for (const root of roots) {
    if (state.has(root)) continue
    state.set(root, 'open')
    const path = [{ id: root, next: 0 }]
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const edge = outgoing.get(top.id)?.[top.next++]
      if (!edge) {
        state.set(top.id, 'done')
        path.pop()
      } else if (state.get(edge.to) === 'open') back.add(edge)
      else if (!state.has(edge.to)) {
        state.set(edge.to, 'open')
        path.push({ id: edge.to, next: 0 })
      }
    }
  }
  return edges.filter((edge) => !back.has(edge))
}

/** As far right as the longest way to it; the ids of each layer in the order they are met. */
function layersOf(ids: readonly string[], edges: readonly Edge[]): string[][] {
  const outgoing = grouped(edges, ({ from }) => from)
  const waitsFor = new Map(ids.map((id) => [id, 0]))
  for (const { to } of edges) waitsFor.set(to, waitsFor.get(to)! + 1)
  const depth = new Map<string, number>()
  const open = ids.filter((id) => waitsFor.get(id) === 0)
  for (const id of open) depth.set(id, 0)
  for (let at = 0; at < open.length; at++) {
    const id = open[at]!
    for (const { to } of outgoing.get(id) ?? []) {
      depth.set(to, Math.max(depth.get(to) ?? 0, depth.get(id)! + 1))
      waitsFor.set(to, waitsFor.get(to)! - 1)
      if (waitsFor.get(to) === 0) open.push(to)
    }
  }
  const layers: string[][] = []
  for (const id of open) (layers[depth.get(id)!] ??= []).push(id)
  return layers
}

/** Few crossings: each block near the middle of those that lead to it, then of those it leads to, in turns. */
function order(layers: string[][], edges: readonly Edge[]): string[][] {
  const incoming = grouped(edges, ({ to }) => to)
  const outgoing = grouped(edges, ({ from }) => from)
  const rank = new Map<string, number>()
  const number = (layer: readonly string[]) =>
    layer.forEach((id, at) => rank.set(id, at / Math.max(1, layer.length)))
  let sorted = layers
  sorted.forEach(number)
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const down = sweep % 2 === 0
    const near = (id: string): number => {
      // an exit's place within its block: a hundredth is less than the way from block to block
      const all = down
        ? (incoming.get(id) ?? []).map(({ from, at }) => rank.get(from)! + at / 10_000)
        : (outgoing.get(id) ?? []).map(({ to }) => rank.get(to)!)
      return all.length > 0 ? all.reduce((sum, one) => sum + one, 0) / all.length : rank.get(id)!
    }
    const turn = down ? sorted : [...sorted].reverse()
    const done = turn.map((layer) => {
      const keys = new Map(layer.map((id) => [id, near(id)]))
      const next = [...layer].sort((a, b) => keys.get(a)! - keys.get(b)!)
      number(next)
      return next
    })
    sorted = down ? done : done.reverse()
  }
  return sorted
}

/** The upper edge of every block: near the middle of its neighbours, apart from those above and below it. */
function heights(
  layers: readonly string[][],
  edges: readonly Edge[],
  sizes: ReadonlyMap<string, Size>,
): Map<string, number> {
  const incoming = grouped(edges, ({ to }) => to)
  const outgoing = grouped(edges, ({ from }) => from)
  const tops = new Map<string, number>()
  const height = (id: string) => sizes.get(id)!.height
  const middle = (id: string) => (tops.get(id) ?? 0) + height(id) / 2
  const put = (layer: readonly string[], wish: (id: string) => number) => {
    const wishes = layer.map((id) => wish(id) - height(id) / 2)
    spread(wishes, layer.map(height), ROW_GAP).forEach((top, at) => tops.set(layer[at]!, top))
  }
  const mean = (all: readonly number[]) => all.reduce((sum, one) => sum + one, 0) / all.length
  const from = (id: string) => (incoming.get(id) ?? []).map((edge) => middle(edge.from))
  const to = (id: string) => (outgoing.get(id) ?? []).map((edge) => middle(edge.to))
  for (const layer of layers) put(layer, (id) => (incoming.has(id) ? mean(from(id)) : middle(id)))
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const back = [...layers].reverse()
    for (const layer of back) put(layer, (id) => mean([middle(id), ...to(id), ...from(id)]))
    for (const layer of layers) put(layer, (id) => (incoming.has(id) ? mean([...from(id), ...to(id)]) : mean([middle(id), ...to(id)]))) // prettier-ignore
  }
  return tops
}

function grouped(edges: readonly Edge[], by: (edge: Edge) => string): Map<string, Edge[]> {
  const groups = new Map<string, Edge[]>()
  for (const edge of edges) {
    const group = groups.get(by(edge))
    if (group) group.push(edge)
    else groups.set(by(edge), [edge])
  }
  return groups
}
