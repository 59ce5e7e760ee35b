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
import type { ReactNode } from 'react'
import { useEditorView } from '../editor/editor-view.ts'
import { useFlowEditor } from '../editor/flow-editor.ts'
import type { Editing } from '../editor/useEditing.ts'
import { useCanvas } from './canvas-context.ts'
import { firstOf } from './graph.ts'

/** Zoom below; above what can be done with several blocks at once. */
export function CanvasTools({ editing, duration }: { editing: Editing; duration: number }) {
  const { t } = useCanvas()
  const { selection, select, doc } = useFlowEditor()
  const { readOnly } = useEditorView()
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
  const many = selection.length > 1
  return (
    <>
      {many && !readOnly && (
        <Panel
          position="top-center"
          className="canvas-tools"
          role="toolbar"
          aria-label={t('tools')}
        >
          <span className="tools-count">{t('chosen', { count: selection.length })}</span>
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
            selection.length < 3,
          )}
          {tool(
            'spreadY',
            <ColumnHeightOutlined aria-hidden />,
            () => editing.distribute('y'),
            selection.length < 3,
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
        {tool('toEntry', <AimOutlined aria-hidden />, () => {
          const first = firstOf(doc, [])
          if (first !== undefined) select([first], { bringIntoView: true })
        })}
      </Panel>
    </>
  )
}
