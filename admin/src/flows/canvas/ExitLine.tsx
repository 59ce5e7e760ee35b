import { CloseOutlined, PlusOutlined } from '@ant-design/icons'
import { BaseEdge, EdgeToolbar, getBezierPath, getSmoothStepPath } from '@xyflow/react'
import type { EdgeProps } from '@xyflow/react'
import { memo } from 'react'
import { useCanvas } from './canvas-context.ts'
import type { ExitEdge } from './graph.ts'
import { linePath } from './line-path.ts'

/**
 * The line from an exit to a block. One whose end the exit names is a short arrow, and whole only when it or one of its
 * blocks is chosen, or a trial went that way.
 */
export const ExitLine = memo(function ExitLine(props: EdgeProps<ExitEdge>) {
  const { t, insertInto, disconnect } = useCanvas()
  const { id, source, selected, data, markerEnd } = props
  const whole = selected === true || data?.lit === true || data?.way === 'on'
  const [path, labelX, labelY] = wayOf(props, whole)
  const exit = { from: source, port: data?.port ?? '' }
  const share = data?.share
  return (
    <>
      <BaseEdge
        id={id}
        path={path}
        className={`exit-line ${data?.named ? 'line-named' : ''} ${data?.lit ? 'line-lit' : ''} ${data?.way ? `way-${data.way}` : ''}`}
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

type Way = [path: string, labelX: number, labelY: number]

function wayOf(props: EdgeProps<ExitEdge>, whole: boolean): Way {
  const { source, target, data, sourceX, sourceY } = props
  if (source === target) return roundAbove(props)
  if (data?.route !== undefined) {
    const { path, middle } = linePath(data.route)
    return [path, middle.x, middle.y]
  }
  if (data?.named === true && !whole)
    return [`M${sourceX},${sourceY} h${STUB}`, sourceX + STUB, sourceY]
  const [path, x, y] =
    data?.back === true
      ? getSmoothStepPath({ ...props, borderRadius: 14, offset: 28 })
      : getBezierPath({ ...props, curvature: 0.3 })
  // what names its end is chosen at its exit: its tools stand there
  return data?.named === true ? [path, sourceX + 3 * STUB, sourceY] : [path, x, y]
}

const STUB = 16
/** of the head of a block: the entry stands in its middle (card.ts) */
const ABOVE = 24 + 22
const ASIDE = 26

/** From a block to itself: over its head, where it can be seen. */
function roundAbove({ sourceX, sourceY, targetX, targetY }: EdgeProps<ExitEdge>): Way {
  const top = targetY - ABOVE
  const path = `M${sourceX},${sourceY} h${ASIDE} V${top} H${targetX - ASIDE} V${targetY} H${targetX}`
  return [path, (sourceX + targetX) / 2, top]
}
