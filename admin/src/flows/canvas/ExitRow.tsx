import { DisconnectOutlined } from '@ant-design/icons'
import { Handle, Position } from '@xyflow/react'
import type { Port } from '../document/ports.ts'
import type { BlockFigures } from '../editor/flow-editor.ts'
import { useCanvas } from './canvas-context.ts'

interface Props {
  port: Port
  name: string
  figures: BlockFigures | undefined
}

/** One way out, with the square one draws from. */
export function ExitRow({ port, name, figures }: Props) {
  const { t, format } = useCanvas()
  const open = port.to === undefined && port.required
  const count = figures?.exits[port.port]
  return (
    <div className={`block-exit ${open ? 'exit-open' : ''} ${port.stray ? 'exit-stray' : ''}`}>
      {port.key !== undefined && <kbd>{port.key}</kbd>}
      <span className="exit-name" title={port.stray ? t('strayExit') : name}>
        {name}
      </span>
      {count !== undefined && figures && (
        <span className="exit-count">
          {format.number(count)}
          {figures.entered > 0 && ` · ${Math.round((count / figures.entered) * 100)}%`}
        </span>
      )}
      {open && (
        <span className="exit-lacks">
          <DisconnectOutlined aria-hidden /> {t('notConnected')}
        </span>
      )}
      <Handle
        id={port.port}
        type="source"
        position={Position.Right}
        className={port.to === undefined ? 'handle-free' : ''}
        title={t('drawFrom')}
      />
    </div>
  )
}
