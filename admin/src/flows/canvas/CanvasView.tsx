import { ReactFlowProvider, useReactFlow } from '@xyflow/react'
import { useRef } from 'react'
import type { BlockType } from '../../../../bots/flow/schema.ts'
import { EditorBar } from '../editor/EditorBar.tsx'
import { SidePanel } from '../editor/SidePanel.tsx'
import { useEditing } from '../editor/useEditing.ts'
import { useEditorKeys } from '../editor/useEditorKeys.ts'
import { addComment } from '../document/comments.ts'
import { useEditorView } from '../editor/editor-view.ts'
import { useFlowEditor } from '../editor/flow-editor.ts'
import { useSteady } from '../editor/useSteady.ts'
import type { Draft } from '../useDraft.ts'
import { Canvas } from './Canvas.tsx'
import { Palette } from './Palette.tsx'

/** Palette, canvas and forms side by side. */
export function CanvasView({ draft }: { draft: Draft }) {
  return (
    <ReactFlowProvider>
      <Inside draft={draft} />
    </ReactFlowProvider>
  )
}

function Inside({ draft }: { draft: Draft }) {
  const frame = useRef<HTMLDivElement>(null)
  const editing = useEditing()
  const { change } = useFlowEditor()
  const { screenToFlowPosition } = useReactFlow()
  /** a little above the middle of what is seen */
  const middle = () => {
    const box = frame.current!.querySelector('.canvas')!.getBoundingClientRect()
    return screenToFlowPosition({ x: box.x + box.width / 2 - 120, y: box.y + box.height * 0.35 })
  }
  const { readOnly } = useEditorView()
  const steady = useSteady({
    middle,
    add: (type: BlockType) => void editing.addNext(type, middle()),
    comment: () => change((now) => addComment(now, middle(), '').doc),
  })
  useEditorKeys({ frame, editing, draft, pasteAt: steady.middle })
  return (
    <div className="editor-frame" ref={frame}>
      <EditorBar
        editing={editing}
        draft={draft}
        onPasteAt={steady.middle}
        onComment={steady.comment}
      />
      <div className="editor-body">
        <Palette readOnly={readOnly} onAdd={steady.add} />
        <Canvas editing={editing} />
        <SidePanel />
      </div>
    </div>
  )
}

export default CanvasView
