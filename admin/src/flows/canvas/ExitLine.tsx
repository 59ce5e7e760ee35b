import { CloseOutlined, PlusOutlined } from '@ant-design/icons'
import { BaseEdge, EdgeToolbar, getBezierPath, getSmoothStepPath } from '@xyflow/react'
import type { EdgeProps } from '@xyflow/react'
import { memo } from 'react'
import { useCanvas } from './canvas-context.ts'
import type { ExitEdge } from './graph.ts'

/** The line from an exit to a block. One that leads back goes round in right angles, so that it is seen as such. */
export const ExitLine = memo(function ExitLine(props: EdgeProps<ExitEdge>) {
  const { t, insertInto, disconnect } = useCanvas()
  const { id, source, target, selected, data, markerEnd } = props
  const [path, labelX, labelY] =
    source === target
      ? roundAbove(props)
      : data?.back
        ? getSmoothStepPath({ ...props, borderRadius: 14, offset: 28 })
        : getBezierPath({ ...props, curvature: 0.3 })
  const exit = { from: source, port: data?.port ?? '' }
  const share = data?.share
  return (
    <>
      <BaseEdge
        id={id}
        path={path}
        className={`exit-line ${data?.back ? 'line-back' : ''} ${data?.way ? `way-${data.way}` : ''}`}
        interactionWidth={18}
        {...(markerEnd !== undefined && { markerEnd })}
        {...(share !== undefined && { style: { strokeWidth: 1 + share * 7 } })}
      />
      <EdgeToolbar
        edgeId={id}
        x={labelX}
        y={labelY}
        isVisible={selected === true}
        className="line-tools nopan"
      >
        <button
          type="button"
          title={t('insertHere')}
          aria-label={t('insertHere')}
          onClick={(event) => insertInto(exit, { x: event.clientX, y: event.clientY })}
        >
          <PlusOutlined aria-hidden />
        </button>
        <button
          type="button"
          title={t('disconnect')}
          aria-label={t('disconnect')}
          onClick={() => disconnect(exit)}
        >
          <CloseOutlined aria-hidden />
        </button>
      </EdgeToolbar>
    </>
  )
})

/** of the head of a block: the entry stands in its middle (card.ts) */
const ABOVE = 24 + 22
const ASIDE = 26

/** From a block to itself: over its head, where it can be seen. */
function roundAbove({
  sourceX,
  sourceY,
  targetX,
  targetY,
}: EdgeProps<ExitEdge>): [string, number, number] {
  // prettier-ignore
  const top = targetY - ABOVE
  const path = `M${sourceX},${sourceY} h${ASIDE} V${top} H${targetX - ASIDE} V${targetY} H${targetX}`
  return [path, (sourceX + targetX) / 2, top]
}
