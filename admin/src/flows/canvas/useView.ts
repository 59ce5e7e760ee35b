import { useReactFlow } from '@xyflow/react'
import type { Viewport } from '@xyflow/react'
import { useCallback, useEffect, useRef } from 'react'
import type { RefObject } from 'react'
import { useEditorView } from '../editor/editor-view.ts'
import { useFlowEditor } from '../editor/flow-editor.ts'
import type { CanvasNode, ExitEdge } from './graph.ts'
import { firstOf } from './graph.ts'

const reducedMotion = () => window.matchMedia('(prefers-reduced-motion: reduce)').matches
/** below this nobody can read the words of a block */
const READABLE = 0.55
const EDGE = 60
/** below this not even their names (canvas.css, from far away) */
const OVERVIEW = 0.15

/** around the whole, as a share of it */
const MARGIN = 0.04

/** where one looked at each flow last, as long as the page lives */
const looked = new Map<string, Viewport>()

/** what was asked for and has been shown: coming back to the canvas one finds it as one left it */
const brought = new WeakSet<object>()

/** What part of the flow is seen: all of it if its blocks' names can be read, else its beginning; later what is asked for. */
export function useView(wrapper: RefObject<HTMLDivElement | null>) {
  const { flowId, doc } = useFlowEditor()
  const { reveal, places, sizeOf } = useEditorView()
  const flow = useReactFlow<CanvasNode, ExitEdge>()
  const duration = reducedMotion() ? 0 : 250
  const ready = useRef(false)

  const onInit = useCallback(() => {
    ready.current = true
    if (reveal && !brought.has(reveal)) {
      // somebody came for a block
      brought.add(reveal)
      const shown = reveal.blocks.flatMap((id) => (places.has(id) ? [{ ...places.get(id)!, ...sizeOf(id) }] : [])) // prettier-ignore
      const [first] = shown
      if (first)
        return void flow.setCenter(first.x + first.width / 2, first.y + first.height / 2, { zoom: 0.75 }) // prettier-ignore
    }
    const before = looked.get(flowId)
    if (before) return void flow.setViewport(before)
    const box = wrapper.current?.getBoundingClientRect()
    const all = [...places].map(([id, at]) => ({ ...at, ...sizeOf(id) }))
    if (!box || all.length === 0) return
    const left = Math.min(...all.map(({ x }) => x))
    const top = Math.min(...all.map(({ y }) => y))
    const width = Math.max(...all.map((one) => one.x + one.width)) - left
    const height = Math.max(...all.map((one) => one.y + one.height)) - top
    const fits = Math.min(box.width / width, box.height / height) / (1 + 2 * MARGIN)
    if (fits >= OVERVIEW) return void flow.fitView({ padding: MARGIN, maxZoom: 1 })
    const first = firstOf(doc, [])
    const at = (first !== undefined && places.get(first)) || { x: left, y: top }
    const zoom = 0.75
    const middle = box.height / 2 - sizeOf(first ?? '').height * zoom * 0.5
    void flow.setViewport({ x: EDGE - at.x * zoom, y: middle - at.y * zoom, zoom })
  }, [flow, flowId, doc, places, sizeOf, wrapper, reveal])

  const onMoveEnd = useCallback(
    (_event: unknown, viewport: Viewport) => void looked.set(flowId, viewport),
    [flowId],
  )

  useEffect(() => {
    const box = wrapper.current?.getBoundingClientRect()
    // before the drawing is there onInit sees to it
    if (!reveal || !box || !ready.current) return
    brought.add(reveal)
    const shown = reveal.blocks.flatMap((id) => (places.has(id) ? [{ ...places.get(id)!, ...sizeOf(id) }] : [])) // prettier-ignore
    if (shown.length === 0) return
    const { x, y, zoom } = flow.getViewport()
    const inside = shown.every((one) => {
      const [left, top] = [one.x * zoom + x, one.y * zoom + y]
      return left >= 8 && top >= 56 && left + one.width * zoom <= box.width - 8 && top + one.height * zoom <= box.height - 8 // prettier-ignore
    })
    if (inside && zoom >= READABLE) return
    const [left, top] = [Math.min(...shown.map((one) => one.x)), Math.min(...shown.map((one) => one.y))] // prettier-ignore
    const right = Math.max(...shown.map((one) => one.x + one.width))
    const bottom = Math.max(...shown.map((one) => one.y + one.height))
    const room = Math.min(box.width / (right - left + 2 * EDGE), box.height / (bottom - top + 2 * EDGE)) // prettier-ignore
    const wanted = Math.min(room, 1, Math.max(zoom, 0.75))
    void flow.setCenter((left + right) / 2, (top + bottom) / 2, { zoom: wanted, duration })
    // only when it is asked for, not whenever blocks move
  }, [reveal]) // eslint-disable-line react-hooks/exhaustive-deps

  return { onInit, onMoveEnd, duration }
}
