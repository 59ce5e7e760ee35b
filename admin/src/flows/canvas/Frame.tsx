import { CloseOutlined } from '@ant-design/icons'
import type { NodeProps } from '@xyflow/react'
import { memo } from 'react'
import { useCanvas } from './canvas-context.ts'
import type { FrameNode } from './graph.ts'

/** A frame around blocks; by its title it is moved with all that is in it. */
export const Frame = memo(function Frame({ data }: NodeProps<FrameNode>) {
  const { t, renameGroup, removeGroup } = useCanvas()
  return (
    <div className="canvas-frame">
      <div className="frame-title">
        <input
          className="nodrag nopan"
          aria-label={t('groupTitle')}
          placeholder={t('groupTitle')}
          maxLength={200}
          value={data.title}
          onChange={(event) => renameGroup(data.id, event.target.value)}
        />
        <button
          type="button"
          className="nodrag"
          aria-label={t('ungroup')}
          title={t('ungroup')}
          onClick={() => removeGroup(data.id)}
        >
          <CloseOutlined aria-hidden />
        </button>
      </div>
    </div>
  )
})
