import { useEffect, useRef } from 'react'
import type { BlockMeasures } from '../../../../gateway/measures/schema.ts'
import { useFlowEditor } from '../editor/flow-editor.ts'
import type { Overlay } from '../editor/flow-editor.ts'
import { overlayOf } from './rows.ts'

/** Draws the figures on the canvas for as long as they are looked at; what a trial draws there is left alone. */
export function useFiguresOnCanvas(blocks: readonly BlockMeasures[] | undefined, shown: boolean) {
  const { overlay, showOverlay } = useFlowEditor()
  const drawn = useRef(overlay)
  const ours = useRef<Overlay>(undefined)
  useEffect(() => {
    drawn.current = overlay
  }, [overlay])
  useEffect(() => {
    if (!shown || !blocks) return
    ours.current = { kind: 'measures', blocks: overlayOf(blocks) }
    showOverlay(ours.current)
    return () => {
      if (drawn.current === ours.current) showOverlay(undefined)
    }
  }, [blocks, shown, showOverlay])
}
