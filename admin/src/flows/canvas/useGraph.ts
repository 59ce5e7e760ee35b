import type { EdgeChange, NodeChange } from '@xyflow/react'
import { useCallback, useMemo, useState } from 'react'
import { useLang } from '../../i18n/index.ts'
import { editComment } from '../document/comments.ts'
import { groupsOf } from '../document/groups.ts'
import type { Point } from '../document/place.ts'
import { useEditorView } from '../editor/editor-view.ts'
import { useFlowEditor } from '../editor/flow-editor.ts'
import type { Editing } from '../editor/useEditing.ts'
import type { CanvasContent } from './canvas-context.ts'
import { commentKey, firstOf, frameKey, Graph } from './graph.ts'
import type { CanvasNode, ExitEdge, Scene } from './graph.ts'

const nothing: ReadonlyMap<string, Point> = new Map()

export interface GraphView {
  nodes: CanvasNode[]
  edges: ExitEdge[]
  onNodesChange(changes: NodeChange<CanvasNode>[]): void
  onEdgesChange(changes: EdgeChange<ExitEdge>[]): void
  /** exits and comments that are chosen, besides the blocks */
  chosenExits: ReadonlySet<string>
  chosenComments: ReadonlySet<string>
  clear(): void
}

/** The document as the library wants it, and what a person does there back into the document. */
export function useGraph(content: CanvasContent, move: Editing['move']): GraphView {
  const { doc, change, selection, select, problems, overlay } = useFlowEditor()
  const { looks, places } = useEditorView()
  const lang = useLang()
  const [graph] = useState(() => new Graph())
  const [moving, setMoving] = useState<ReadonlyMap<string, Point>>(nothing)
  const [chosenComments, chooseComments] = useState<ReadonlySet<string>>(new Set())
  const [chosenExits, chooseExits] = useState<ReadonlySet<string>>(new Set())

  const scene = useMemo((): Scene => {
    const { t, kinds } = content
    return {
      doc,
      looks,
      places: moving.size > 0 ? new Map([...places, ...moving]) : places,
      dragging: moving.size > 0,
      names: lang === 'en' ? 'en' : 'zh',
      selected: new Set([...selection, ...chosenComments]),
      problems,
      overlay,
      focusable: firstOf(doc, selection),
      describe: (id, card, found) =>
        [
          `${kinds.name(card.type)} ${card.label ?? id}`,
          card.said,
          ...found.map((one) => (lang === 'en' ? one.en : one.zh)),
          doc['entry'] === id ? t('entry') : undefined,
        ]
          .filter(Boolean)
          .join(lang === 'en' ? '. ' : '。'),
    }
  }, [content, doc, looks, places, moving, selection, chosenComments, problems, overlay, lang])
  const nodes = useMemo(() => graph.nodesOf(scene), [graph, scene])
  const edges = useMemo(() => graph.edgesOf(scene, chosenExits), [graph, scene, chosenExits])

  /** A frame takes all that is in it along. */
  const withFrames = useCallback(
    (moved: Map<string, Point>) => {
      for (const { id, blocks } of groupsOf(doc)) {
        const to = moved.get(frameKey(id))
        if (!to) continue
        moved.delete(frameKey(id))
        const is = nodes.find((node) => node.id === frameKey(id))!.position
        for (const block of blocks) {
          const at = scene.places.get(block)
          if (at && !moved.has(block)) moved.set(block, { x: at.x + to.x - is.x, y: at.y + to.y - is.y }) // prettier-ignore
        }
      }
      return moved
    },
    [doc, nodes, scene],
  )

  const onNodesChange = useCallback(
    (changes: NodeChange<CanvasNode>[]) => {
      const chosen = new Set(scene.selected)
      const moved = new Map<string, Point>()
      let dragging = false
      for (const each of changes) {
        if (each.type === 'select') {
          // the one chosen last stands at the end
          chosen.delete(each.id)
          if (each.selected) chosen.add(each.id)
        }
        if (each.type === 'position' && each.position) {
          moved.set(each.id, each.position)
          dragging ||= each.dragging === true
        }
      }
      if (changes.some(({ type }) => type === 'select')) {
        const comments = [...chosen].filter((id) => id.startsWith(commentKey('')))
        chooseComments(new Set(comments))
        select([...chosen].filter((id) => !id.startsWith(commentKey(''))))
      }
      if (moved.size === 0) return
      const all = new Map([...moving, ...withFrames(moved)])
      if (dragging) return setMoving(all)
      setMoving(nothing)
      const blocks = [...all].filter(([id]) => !id.includes(':'))
      if (blocks.length > 0) move(new Map(blocks), moving.size > 0 ? undefined : 'nudge')
      for (const [id, { x, y }] of all)
        if (id.startsWith(commentKey('')))
          change((now) => editComment(now, id.slice(commentKey('').length), { x: Math.round(x), y: Math.round(y) })) // prettier-ignore
    },
    [scene, moving, withFrames, select, move, change],
  )
  const onEdgesChange = useCallback((changes: EdgeChange<ExitEdge>[]) => {
    const picked = changes.filter((each) => each.type === 'select')
    if (picked.length === 0) return
    chooseExits((before) => {
      const next = new Set(before)
      for (const { id, selected } of picked) {
        if (selected) next.add(id)
        else next.delete(id)
      }
      return next
    })
  }, [])
  const clear = useCallback(() => {
    chooseExits(new Set())
    chooseComments(new Set())
  }, [])
  return { nodes, edges, onNodesChange, onEdgesChange, chosenExits, chosenComments, clear }
}
