import { useReactFlow } from '@xyflow/react'
import { useEffect } from 'react'
import type { RefObject } from 'react'
import { asObject, asString } from '../doc.ts'
import { blockOf } from '../document/blocks.ts'
import { removeComments } from '../document/comments.ts'
import { disconnect, exitsTo } from '../document/connect.ts'
import type { Point } from '../document/place.ts'
import { removeBlocks } from '../document/remove.ts'
import { useEditorView } from '../editor/editor-view.ts'
import { useFlowEditor } from '../editor/flow-editor.ts'
import { isTyping } from '../editor/is-typing.ts'
import type { Editing } from '../editor/useEditing.ts'
import { commentKey } from './graph.ts'
import type { GraphView } from './useGraph.ts'

interface Options {
  wrapper: RefObject<HTMLDivElement | null>
  editing: Editing
  graph: GraphView
  /** asks for a kind of block, beside this point of the screen */
  addHere(screen: Point): void
}

/** Keys that only mean something on the canvas; those of the whole editor are in editor/useEditorKeys.ts. */
export function useCanvasKeys({ wrapper, editing, graph, addHere }: Options): void {
  const { doc, change, selection, select } = useFlowEditor()
  const { places, openForm, readOnly } = useEditorView()
  const { flowToScreenPosition } = useReactFlow()

  useEffect(() => {
    const focusBlock = (id: string | undefined) => {
      if (id === undefined) return
      select([id], { bringIntoView: true })
      // it may only be drawn once it is in view
      setTimeout(() => wrapper.current?.querySelector<HTMLElement>(`[data-id="${id}"]`)?.focus(), 60)
    }
    const remove = () => {
      const comments = new Set([...graph.chosenComments].map((id) => id.slice(commentKey('').length)))
      const exits = graph.edges.filter(({ id }) => graph.chosenExits.has(id))
      change((now) => {
        const cut = exits.reduce((one, { source, data }) => disconnect(one, source, data!.port), now)
        return removeComments(removeBlocks(cut, selection), comments)
      })
      graph.clear()
      select([])
      wrapper.current?.focus()
    }
    /** The nearest block above or below, by the middle of both. */
    const beside = (down: boolean): string | undefined => {
      const at = places.get(selection.at(-1) ?? '')
      if (!at) return undefined
      const far = ({ x, y }: Point) => Math.abs(y - at.y) + 3 * Math.abs(x - at.x)
      return [...places]
        .filter(([, { y }]) => (down ? y > at.y : y < at.y))
        .sort(([, a], [, b]) => far(a) - far(b))[0]?.[0]
    }
    const neighbour = (key: string): string | undefined => {
      const last = selection.at(-1) ?? ''
      switch (key) {
        case 'ArrowRight':
          return asString(Object.values(asObject(blockOf(doc, last)?.['out']))[0])
        case 'ArrowLeft':
          return exitsTo(doc, last)[0]?.from
        default:
          return beside(key === 'ArrowDown')
      }
    }
    const onKeyDown = (event: KeyboardEvent) => {
      const inside = event.target === document.body || (event.target instanceof Node && wrapper.current?.contains(event.target)) // prettier-ignore
      if (!inside || isTyping(event.target) || event.defaultPrevented) return
      const chosen = selection.length + graph.chosenComments.size + graph.chosenExits.size > 0
      if (event.altKey && event.key.startsWith('Arrow')) focusBlock(neighbour(event.key))
      else if (event.ctrlKey || event.metaKey || event.altKey) return
      else if ((event.key === 'Delete' || event.key === 'Backspace') && chosen && !readOnly) remove()
      else if (event.key === 'Escape') {
        graph.clear()
        select([])
      } else if (event.key === 'Enter' && event.target instanceof HTMLElement && event.target.dataset['id'] !== undefined) // prettier-ignore
        openForm()
      else if ((event.key === 'a' || event.key === 'Insert') && !readOnly) {
        const box = wrapper.current!.getBoundingClientRect()
        const at = places.get(selection.at(-1) ?? '')
        const by = at && flowToScreenPosition({ x: at.x + 300, y: at.y })
        addHere(by ?? { x: box.x + box.width / 2, y: box.y + box.height / 3 })
      } else return
      event.preventDefault()
      event.stopPropagation()
    }
    // before the library, which would move a block by Alt and arrow
    document.addEventListener('keydown', onKeyDown, true)
    return () => document.removeEventListener('keydown', onKeyDown, true)
  }, [wrapper, editing, graph, addHere, doc, change, selection, select, places, openForm, readOnly, flowToScreenPosition]) // prettier-ignore
}
