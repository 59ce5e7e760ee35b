import {
  Background,
  BackgroundVariant,
  ConnectionLineType,
  MarkerType,
  MiniMap,
  ReactFlow,
  SelectionMode,
  useReactFlow,
  useStore,
} from '@xyflow/react'
import type { Connection, FinalConnectionState } from '@xyflow/react'
import { useCallback, useMemo, useRef, useState } from 'react'
import type { BlockType } from '../../../../bots/flow/schema.ts'
import { useLang, useT } from '../../i18n/index.ts'
import { useFormat } from '../../i18n/useFormat.ts'
import { connect, disconnect, reconnect } from '../document/connect.ts'
import { editComment, removeComments } from '../document/comments.ts'
import { removeGroup, renameGroup } from '../document/groups.ts'
import type { Point } from '../document/place.ts'
import { isKind } from '../document/ports.ts'
import { useEditorView } from '../editor/editor-view.ts'
import { useFlowEditor } from '../editor/flow-editor.ts'
import type { Editing, NewPlace } from '../editor/useEditing.ts'
import { useSteady } from '../editor/useSteady.ts'
import { BLOCK_TYPE } from './block-type.ts'
import { BlockCard } from './BlockCard.tsx'
import { CanvasContext } from './canvas-context.ts'
import type { CanvasContent } from './canvas-context.ts'
import { CanvasEmpty } from './CanvasEmpty.tsx'
import { CanvasTools } from './CanvasTools.tsx'
import { CommentCard } from './CommentCard.tsx'
import { ExitLine } from './ExitLine.tsx'
import { Frame } from './Frame.tsx'
import { firstOf } from './graph.ts'
import type { CanvasNode, ExitEdge } from './graph.ts'
import { KindPicker } from './KindPicker.tsx'
import { useCanvasKeys } from './useCanvasKeys.ts'
import { useGraph } from './useGraph.ts'
import { useKinds, groupOf } from './useKinds.ts'
import { useView } from './useView.ts'
import '@xyflow/react/dist/base.css'
import './canvas.css'

const nodeTypes = { block: BlockCard, comment: CommentCard, frame: Frame }
const edgeTypes = { exit: ExitLine }
const defaultEdgeOptions = {
  markerEnd: { type: MarkerType.ArrowClosed, color: '#7b8f8a', width: 16, height: 16 },
}
const SNAP: [number, number] = [8, 8]
const CHOOSE_MORE = ['Meta', 'Control', 'Shift']
const NEVER = null
/** below this only the names of blocks can be read, written larger */
const FAR = 0.5
const miniClass = (node: CanvasNode) =>
  node.type === 'block' ? `mini group-${groupOf(node.data.card.type)}` : `mini mini-${node.type}`

interface Picking extends NewPlace {
  /** of the screen */
  screen: Point
}

/** The flow as a drawing. Everything it changes goes through the editor's one document. */
export function Canvas({ editing }: { editing: Editing }) {
  const t = useT('flows/editor')
  const lang = useLang()
  const kinds = useKinds()
  const format = useFormat()
  const { doc, change, selection, select } = useFlowEditor()
  const { unfold, readOnly } = useEditorView()
  const { screenToFlowPosition } = useReactFlow<CanvasNode, ExitEdge>()
  const wrapper = useRef<HTMLDivElement>(null)
  const [picking, pick] = useState<Picking>()

  const content = useMemo(
    (): CanvasContent => ({
      t,
      lang,
      kinds,
      format,
      unfold,
      goTo: (block) => select([block], { bringIntoView: true }),
      insertInto: (exit, screen) => pick({ exit, between: true, screen }),
      disconnect: ({ from, port }) => change((now) => disconnect(now, from, port)),
      writeComment: (id, text) => change((now) => editComment(now, id, { text }), `comment ${id}`),
      removeComment: (id) => change((now) => removeComments(now, new Set([id]))),
      renameGroup: (id, title) => change((now) => renameGroup(now, id, title), `group ${id}`),
      removeGroup: (id) => change((now) => removeGroup(now, id)),
    }),
    [t, lang, kinds, format, unfold, change, select],
  )
  const spoken = useMemo(
    () => ({
      'node.a11yDescription.default': t('nodeHelp'),
      'node.a11yDescription.keyboardDisabled': t('nodeHelp'),
      'edge.a11yDescription.default': '',
      'minimap.ariaLabel': t('minimap'),
      'handle.ariaLabel': t('drawFrom'),
    }),
    [t],
  )
  const graph = useGraph(content, editing.move)
  const { onInit, onMoveEnd, duration } = useView(wrapper)
  // in steps: who zooms sees it settle, who pans changes nothing
  const scale = useStore((state) => (state.transform[2] < FAR ? Math.max(0.1, Math.round(state.transform[2] * 20) / 20) : 1)) // prettier-ignore
  const far = scale < 1
  useCanvasKeys({ wrapper, editing, graph, addHere: (screen) => pick({ screen }) })

  const onConnect = useCallback(
    ({ source, sourceHandle, target }: Connection) => {
      if (sourceHandle) change((now) => connect(now, source, sourceHandle, target))
    },
    [change],
  )
  const onReconnect = useCallback(
    (edge: ExitEdge, { source, sourceHandle, target }: Connection) => {
      const old = { from: edge.source, port: edge.data!.port }
      if (sourceHandle)
        change((now) => reconnect(now, old, { from: source, port: sourceHandle, to: target }))
    },
    [change],
  )
  /** A line let go over a block leads there; over nothing, one is asked what shall stand there. */
  const onConnectEnd = useCallback(
    (event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
      const port = state.fromHandle?.id
      if (state.isValid || state.fromHandle?.type !== 'source' || !state.fromNode || !port) return
      const screen = pointOf(event)
      const exit = { from: state.fromNode.id, port }
      const block = blockAt(screen)
      if (block !== undefined) change((now) => connect(now, exit.from, port, block))
      else pick({ exit, screen, at: screenToFlowPosition(screen) })
    },
    [change, screenToFlowPosition],
  )
  const steady = useSteady({
    onInit,
    onMoveEnd,
    onConnect,
    onReconnect,
    onConnectEnd,
    onNodesChange: graph.onNodesChange,
    onEdgesChange: graph.onEdgesChange,
    onPaneClick: () => wrapper.current?.focus(),
  })
  const start = useSteady({
    go() {
      const first = firstOf(doc, [])
      if (first !== undefined) select([first], { bringIntoView: true })
    },
  })
  const onDrop = (event: React.DragEvent) => {
    const type = event.dataTransfer.getData(BLOCK_TYPE)
    if (!isKind(type)) return
    event.preventDefault()
    const screen = { x: event.clientX, y: event.clientY }
    const at = screenToFlowPosition(screen)
    const line = graph.edges.find(({ id }) => id === exitAt(screen))
    const corner = { x: Math.round(at.x - 40), y: Math.round(at.y - 24) }
    if (line)
      editing.add(type, { at: corner, exit: { from: line.source, port: line.data!.port }, between: true }) // prettier-ignore
    else editing.add(type, { at: corner })
    wrapper.current?.focus()
  }
  const picked = (type: BlockType) => {
    if (!picking) return
    const { screen, exit, between, at = screenToFlowPosition(screen) } = picking
    pick(undefined)
    editing.add(type, { exit, between, at: { x: at.x, y: at.y - 24 } })
    wrapper.current?.focus()
  }
  return (
    <CanvasContext value={content}>
      <div
        ref={wrapper}
        className={far ? 'canvas far' : 'canvas'}
        tabIndex={-1}
        style={far ? ({ '--far': 1 / scale } as React.CSSProperties) : undefined}
        onDragOver={(event) => {
          if (!event.dataTransfer.types.includes(BLOCK_TYPE) || readOnly) return
          event.preventDefault()
          event.dataTransfer.dropEffect = 'copy'
        }}
        onDrop={onDrop}
      >
        <ReactFlow<CanvasNode, ExitEdge>
          nodes={graph.nodes}
          edges={graph.edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          {...steady}
          defaultEdgeOptions={defaultEdgeOptions}
          connectionLineType={ConnectionLineType.Bezier}
          connectionRadius={28}
          selectionMode={SelectionMode.Partial}
          multiSelectionKeyCode={CHOOSE_MORE}
          deleteKeyCode={NEVER}
          nodesDraggable={!readOnly}
          nodesConnectable={!readOnly}
          edgesFocusable={false}
          onlyRenderVisibleElements
          snapToGrid
          snapGrid={SNAP}
          minZoom={0.03}
          maxZoom={1.6}
          zoomOnDoubleClick={false}
          aria-label={t('canvas')}
          ariaLabelConfig={spoken}
        >
          <Background variant={BackgroundVariant.Dots} gap={24} size={1.4} color="#c9d5d1" />
          <MiniMap<CanvasNode>
            pannable
            zoomable
            position="bottom-right"
            ariaLabel={t('minimap')}
            nodeClassName={miniClass}
            nodeBorderRadius={12}
            maskColor="rgb(22 33 31 / 10%)"
          />
          <CanvasTools
            editing={editing}
            duration={duration}
            chosen={selection.length}
            readOnly={readOnly}
            onStart={start.go}
          />
        </ReactFlow>
        {graph.nodes.length === 0 && <CanvasEmpty />}
        {picking && (
          <KindPicker at={picking.screen} onPick={picked} onClose={() => pick(undefined)} />
        )}
      </div>
    </CanvasContext>
  )
}

const pointOf = (event: MouseEvent | TouchEvent): Point => {
  const { clientX, clientY } = 'changedTouches' in event ? event.changedTouches[0]! : event
  return { x: clientX, y: clientY }
}
const blockAt = ({ x, y }: Point) =>
  document.elementFromPoint(x, y)?.closest<HTMLElement>('.react-flow__node-block')?.dataset['id']
const exitAt = ({ x, y }: Point) =>
  document.elementFromPoint(x, y)?.closest<SVGElement>('.react-flow__edge')?.dataset['id']
