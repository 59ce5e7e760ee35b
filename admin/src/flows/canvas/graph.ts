/**
 * The document as nodes and edges of the canvas. What did not change keeps its very object, so that nothing is drawn
 * again when a block is chosen, moved or written into.
 */
import type { Edge, Node, NodeHandle } from '@xyflow/react'
import { blockNames } from '../../../../bots/flow/block-names.ts'
import type { NameLang } from '../../../../bots/flow/block-names.ts'
import { asList, asObject, asString, blocksOf } from '../doc.ts'
import type { Doc } from '../doc.ts'
import type { Comment } from '../document/comments.ts'
import { commentsOf } from '../document/comments.ts'
import { groupsOf } from '../document/groups.ts'
import type { Places, Point, Size } from '../document/place.ts'
import type { BlockFigures, FlowProblem, Overlay } from '../editor/flow-editor.ts'
import { keepSame } from '../keep-same.ts'
import { exitKey } from './exit-key.ts'
import { cardOf, handlesOf } from './card.ts'
import type { Card, Looks } from './card.ts'
import { LineRoutes } from './line-routes-kept.ts'

export type BlockData = {
  card: Card
  /** the flow begins here */
  entry: boolean
  /** `@main` leads here */
  main: boolean
  /** what people call it: its label, or its kind */
  name: string
  problems: readonly FlowProblem[]
  /** exits whose lines would be too long to follow: where they lead, by port */
  leads: Readonly<Record<string, { to: string; name: string }>>
  figures?: BlockFigures
  /** of the way a trial took: on it, standing there now, or apart from it */
  way?: 'on' | 'at' | 'off'
}
export type BlockNode = Node<BlockData, 'block'>
export type CommentNode = Node<{ comment: Comment }, 'comment'>
export type FrameNode = Node<{ id: string; title: string }, 'frame'>
export type CanvasNode = BlockNode | CommentNode | FrameNode

export type ExitData = {
  port: string
  /** how many took it, and the share of those who entered the block */
  count?: number
  share?: number
  way?: 'on' | 'off'
  back: boolean
  /** its corners, `x,y x,y …`; without them it is drawn as it comes */
  route?: string
  /** the exit names where it leads: drawn in full only when it is asked for */
  named?: boolean
  /** one of its blocks is chosen */
  lit?: boolean
}
export type ExitEdge = Edge<ExitData, 'exit'>

export const commentKey = (id: string) => `comment:${id}`
export { exitKey } from './exit-key.ts'
export const frameKey = (id: string) => `group:${id}`

export interface Scene {
  doc: Doc
  looks: Looks
  /** of blocks and comments, while they are dragged elsewhere than in the document */
  places: Places
  /** somebody is at it: lines of what is dragged run as they come */
  dragging?: boolean
  selected: ReadonlySet<string>
  problems: readonly FlowProblem[]
  overlay: Overlay | undefined
  /** of the console */
  names: NameLang
  /** the one that is reached by Tab */
  focusable: string | undefined
  describe(id: string, card: Card, problems: readonly FlowProblem[]): string
}

const FRAME_PADDING = 20
const FRAME_TITLE = 30
const none: readonly FlowProblem[] = []

export class Graph {
  private nodes = new Map<string, CanvasNode>()
  private edges = new Map<string, ExitEdge>()
  private lines: ExitEdge[] = []
  private problems: Record<string, FlowProblem[]> = {}
  private counted: readonly FlowProblem[] | undefined
  private readonly routes = new LineRoutes()

  nodesOf(scene: Scene): CanvasNode[] {
    this.count(scene.problems)
    this.routes.update(scene)
    const { doc } = scene
    const frames = groupsOf(doc).flatMap((group) => this.frame(group, scene) ?? [])
    const blocks = Object.entries(blocksOf(doc)).map(([id, block]) => this.block(id, cardOf(id, block, scene.looks), scene)) // prettier-ignore
    const comments = commentsOf(doc).map((comment) => this.comment(comment, scene))
    const all = [...frames, ...blocks, ...comments]
    this.nodes = new Map(all.map((node) => [node.id, node]))
    return all
  }

  edgesOf(scene: Scene, selected: ReadonlySet<string>): ExitEdge[] {
    const { doc, looks, places, overlay } = scene
    this.routes.update(scene)
    const blocks = blocksOf(doc)
    const all = Object.entries(blocks).flatMap(([from, block]) =>
      cardOf(from, block, looks).ports.flatMap(({ port, to }) => {
        if (to === undefined || !Object.hasOwn(blocks, to)) return []
        const id = exitKey(from, port)
        const [start, end] = [places.get(from), places.get(to)]
        const back = !!start && !!end && end.x < start.x + 40
        return this.edge({
          id,
          type: 'exit',
          source: from,
          sourceHandle: port,
          target: to,
          selected: selected.has(id),
          data: {
            port,
            back,
            ...this.routes.of(id),
            ...((scene.selected.has(from) || scene.selected.has(to)) && { lit: true }),
            ...exitOverlay(overlay, from, port),
          },
        })
      }),
    )
    // the library looks through all of them whenever the list is another one
    if (all.length === this.lines.length && all.every((edge, at) => edge === this.lines[at]))
      return this.lines
    this.edges = new Map(all.map((edge) => [edge.id, edge]))
    this.lines = all
    return all
  }

  private block(id: string, card: Card, scene: Scene): BlockNode {
    const problems = this.problems[id] ?? none
    const before = this.nodes.get(id)
    const kept = before?.type === 'block' ? before : undefined
    const data: BlockData = {
      card,
      entry: scene.doc['entry'] === id,
      main: scene.doc['main'] === id,
      name: blockNames(scene.doc['blocks'], scene.names).get(id) ?? id,
      problems,
      leads: keepSame(kept?.data.leads, this.leadsOf(id, card, scene)),
      ...blockOverlay(scene.overlay, id),
    }
    const focusable = scene.focusable === id
    const position = scene.places.get(id) ?? { x: 0, y: 0 }
    const next: BlockNode = {
      id,
      type: 'block',
      position,
      selected: scene.selected.has(id),
      data: kept && shallowSame(kept.data, data) ? kept.data : data,
    }
    const tab = kept?.domAttributes?.tabIndex === (focusable ? 0 : -1)
    if (kept && tab && kept.data === next.data && samePlace(kept.position, position) && kept.selected === next.selected) return kept // prettier-ignore
    return {
      ...next,
      ...card.size,
      measured: card.size,
      handles: kept?.data.card === card ? kept.handles! : handlesFor(card),
      ariaLabel: scene.describe(id, card, problems),
      domAttributes: { tabIndex: focusable ? 0 : -1 },
    }
  }

  private leadsOf(id: string, card: Card, { doc, names }: Scene): BlockData['leads'] {
    const named = blockNames(doc['blocks'], names)
    return Object.fromEntries(
      card.ports.flatMap(({ port, to }) =>
        to !== undefined && this.routes.of(exitKey(id, port)).named === true
          ? [[port, { to, name: named.get(to) ?? to }]]
          : [],
      ),
    )
  }

  private comment(comment: Comment, { places, selected }: Scene): CommentNode {
    const id = commentKey(comment.id)
    const before = this.nodes.get(id)
    const kept = before?.type === 'comment' ? before : undefined
    const position = places.get(id) ?? comment
    const same = kept?.data.comment.text === comment.text
    if (kept && same && samePlace(kept.position, position) && kept.selected === selected.has(id)) return kept // prettier-ignore
    const size = commentSize(comment.text)
    return {
      id,
      type: 'comment',
      position: { x: position.x, y: position.y },
      selected: selected.has(id),
      data: kept && same ? kept.data : { comment },
      dragHandle: '.comment-grip',
      focusable: false,
      handles: [],
      ...size,
      measured: size,
    }
  }

  private frame(
    group: { id: string; title: string; blocks: string[] },
    { doc, looks, places }: Scene,
  ): FrameNode | undefined {
    // prettier-ignore
    const blocks = asObject(doc['blocks'])
    const boxes = group.blocks.flatMap((id) => {
      const at = Object.hasOwn(blocks, id) ? places.get(id) : undefined
      return at ? [{ ...at, ...cardOf(id, asObject(blocks[id]), looks).size }] : []
    })
    if (boxes.length === 0) return undefined
    const x = Math.min(...boxes.map((box) => box.x)) - FRAME_PADDING
    const y = Math.min(...boxes.map((box) => box.y)) - FRAME_PADDING - FRAME_TITLE
    const size = {
      width: Math.max(...boxes.map((box) => box.x + box.width)) + FRAME_PADDING - x,
      height: Math.max(...boxes.map((box) => box.y + box.height)) + FRAME_PADDING - y,
    }
    const id = frameKey(group.id)
    const before = this.nodes.get(id)
    const kept = before?.type === 'frame' ? before : undefined
    const same = kept?.data.title === group.title
    if (kept && same && samePlace(kept.position, { x, y }) && kept.width === size.width && kept.height === size.height) return kept // prettier-ignore
    return {
      id,
      type: 'frame',
      position: { x, y },
      data: kept && same ? kept.data : { id: group.id, title: group.title },
      dragHandle: '.frame-title',
      selectable: false,
      focusable: false,
      zIndex: -1,
      style: { pointerEvents: 'none' },
      handles: [],
      ...size,
      measured: size,
    }
  }

  private edge(next: ExitEdge): ExitEdge {
    const kept = this.edges.get(next.id)
    if (!kept) return next
    const same = shallowSame(kept.data!, next.data!)
    if (same && kept.target === next.target && kept.selected === next.selected) return kept
    return same ? { ...next, data: kept.data! } : next
  }

  /** By block; the list of a block whose problems are the same stays the same. */
  private count(problems: readonly FlowProblem[]): void {
    if (problems === this.counted) return
    this.counted = problems
    const by: Record<string, FlowProblem[]> = {}
    for (const problem of problems)
      if (problem.block !== undefined) (by[problem.block] ??= []).push(problem)
    this.problems = keepSame(this.problems, by)
  }
}

function handlesFor(card: Card): NodeHandle[] {
  return handlesOf(card).map(({ id, type, x, y }) => ({
    id,
    type,
    x,
    y,
    width: 12,
    height: 12,
    // Position is an enum of the library; this file is also read without it
    position: (type === 'source' ? 'right' : 'left') as NodeHandle['position'],
  }))
}

function blockOverlay(overlay: Overlay | undefined, id: string): Partial<BlockData> {
  if (overlay?.kind === 'path')
    return { way: overlay.at === id ? 'at' : overlay.blocks.has(id) ? 'on' : 'off' }
  const figures = overlay?.kind === 'measures' ? overlay.blocks.get(id) : undefined
  return figures ? { figures } : {}
}

function exitOverlay(overlay: Overlay | undefined, from: string, port: string): Partial<ExitData> {
  if (overlay?.kind === 'path')
    return { way: overlay.exits.has(exitKey(from, port)) ? 'on' : 'off' }
  const figures = overlay?.kind === 'measures' ? overlay.blocks.get(from) : undefined
  const count = figures?.exits[port] ?? 0
  return figures ? { count, share: figures.entered > 0 ? count / figures.entered : 0 } : {}
}

export function commentSize(text: string): Size {
  const lines = text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(width(line) / 30)), 0) // prettier-ignore
  return { width: 220, height: 44 + Math.min(12, Math.max(2, lines)) * 20 }
}

/** in half-width characters */
const width = (line: string) => [...line].reduce((sum, char) => sum + (char > '\u2e80' ? 2 : 1), 0)

const samePlace = (a: Point, b: Point) => a.x === b.x && a.y === b.y

function shallowSame(a: object, b: object): boolean {
  const entries = Object.entries(b)
  return (
    entries.length === Object.keys(a).length &&
    entries.every(([key, value]) => Object.is((a as Record<string, unknown>)[key], value))
  )
}

/** The first block a person should stand on: the chosen one, the entry, any. */
export function firstOf(doc: Doc, selection: readonly string[]): string | undefined {
  const blocks = asObject(doc['blocks'])
  const wishes = [selection.at(-1), asString(doc['entry']), ...asList(Object.keys(blocks)).slice(0, 1)] // prettier-ignore
  return wishes.find((id): id is string => typeof id === 'string' && Object.hasOwn(blocks, id))
}
