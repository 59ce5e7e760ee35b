import { ArrowRightOutlined, DisconnectOutlined } from '@ant-design/icons'
import { Handle, Position } from '@xyflow/react'
import type { Port } from '../document/ports.ts'
import type { BlockFigures } from '../editor/flow-editor.ts'
import { useCanvas } from './canvas-context.ts'

interface Props {
  port: Port
  name: string
  figures: BlockFigures | undefined
  /** where it leads, if no line shows it */
  lead: { to: string; name: string } | undefined
}

/** One way out, with the square one draws from. */
export function ExitRow({ port, name, figures, lead }: Props) {
  const { t, format, goTo } = useCanvas()
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
      {lead && (
        <button
          type="button"
          className="exit-leads nodrag"
          tabIndex={-1}
          title={`${lead.name} (${lead.to})`}
          onClick={(event) => {
            event.stopPropagation()
            goTo(lead.to)
          }}
        >
          <ArrowRightOutlined aria-hidden /> {lead.name}
        </button>
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
