import {
  AimOutlined,
  AlignCenterOutlined,
  AlignLeftOutlined,
  AlignRightOutlined,
  BorderOuterOutlined,
  ColumnHeightOutlined,
  ColumnWidthOutlined,
  CopyOutlined,
  DeleteOutlined,
  ExpandOutlined,
  MinusOutlined,
  PlusOutlined,
  VerticalAlignBottomOutlined,
  VerticalAlignMiddleOutlined,
  VerticalAlignTopOutlined,
} from '@ant-design/icons'
import { Panel, useReactFlow, useStore } from '@xyflow/react'
import { Button, Tooltip } from 'antd'
import { memo } from 'react'
import type { ReactNode } from 'react'
import type { Editing } from '../editor/useEditing.ts'
import { useCanvas } from './canvas-context.ts'

interface Props {
  editing: Editing
  /** of movements, in milliseconds */
  duration: number
  /** how many blocks are chosen */
  chosen: number
  readOnly: boolean
  /** goes to where the flow begins */
  onStart(): void
}

/** Zoom below; above what can be done with several blocks at once. */
export const CanvasTools = memo(function CanvasTools(props: Props) {
  const { editing, duration, chosen, readOnly, onStart } = props
  const { t } = useCanvas()
  const { zoomIn, zoomOut, fitView } = useReactFlow()
  const zoom = useStore((state) => Math.round(state.transform[2] * 100))
  const tool = (key: string, icon: ReactNode, act: () => void, disabled = false) => (
    <Tooltip title={t(`tool.${key}`)} key={key}>
      <Button
        type="text"
        size="small"
        icon={icon}
        aria-label={t(`tool.${key}`)}
        disabled={disabled}
        onClick={act}
      />
    </Tooltip>
  )
  const many = chosen > 1
  return (
    <>
      {many && !readOnly && (
        <Panel
          position="top-center"
          className="canvas-tools"
          role="toolbar"
          aria-label={t('tools')}
        >
          <span className="tools-count">{t('chosen', { count: chosen })}</span>
          {tool('left', <AlignLeftOutlined aria-hidden />, () => editing.align('left'))}
          {tool('center', <AlignCenterOutlined aria-hidden />, () => editing.align('center'))}
          {tool('right', <AlignRightOutlined aria-hidden />, () => editing.align('right'))}
          {tool('top', <VerticalAlignTopOutlined aria-hidden />, () => editing.align('top'))}
          {tool('middle', <VerticalAlignMiddleOutlined aria-hidden />, () =>
            editing.align('middle'),
          )}
          {tool('bottom', <VerticalAlignBottomOutlined aria-hidden />, () =>
            editing.align('bottom'),
          )}
          <i />
          {tool(
            'spreadX',
            <ColumnWidthOutlined aria-hidden />,
            () => editing.distribute('x'),
            chosen < 3,
          )}
          {tool(
            'spreadY',
            <ColumnHeightOutlined aria-hidden />,
            () => editing.distribute('y'),
            chosen < 3,
          )}
          <i />
          {tool('group', <BorderOuterOutlined aria-hidden />, editing.group)}
          {tool('duplicate', <CopyOutlined aria-hidden />, editing.duplicate)}
          {tool('remove', <DeleteOutlined aria-hidden />, editing.remove)}
        </Panel>
      )}
      <Panel position="bottom-left" className="canvas-tools" role="toolbar" aria-label={t('zoom')}>
        {tool('zoomOut', <MinusOutlined aria-hidden />, () => void zoomOut({ duration }))}
        <span className="tools-zoom">{zoom}%</span>
        {tool('zoomIn', <PlusOutlined aria-hidden />, () => void zoomIn({ duration }))}
        {tool(
          'fit',
          <ExpandOutlined aria-hidden />,
          () => void fitView({ padding: 0.1, maxZoom: 1, duration }),
        )}
        {tool('toEntry', <AimOutlined aria-hidden />, onStart)}
      </Panel>
    </>
  )
})
