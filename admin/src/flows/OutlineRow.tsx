import { CaretDownOutlined, CaretRightOutlined } from '@ant-design/icons'
import { useT } from '../i18n/index.ts'
import type { Row } from './outline.ts'
import { OutlineBlock } from './OutlineBlock.tsx'
import { OutlineExit } from './OutlineExit.tsx'
import { OutlineSaid } from './OutlineSaid.tsx'

interface Props {
  row: Row
  langs: string[]
  focused: boolean
  /** undefined when there is nothing inside */
  open: boolean | undefined
  onFocus(): void
  onToggle(): void
  onEdit: ((block: string) => void) | undefined
}

const INDENT_PX = 22

export function OutlineRow({ row, langs, focused, open, onFocus, onToggle, onEdit }: Props) {
  const t = useT('flows')
  return (
    <div
      role="treeitem"
      aria-level={row.level}
      {...(open !== undefined && { 'aria-expanded': open })}
      tabIndex={focused ? 0 : -1}
      className={`outline-row outline-${row.kind}`}
      style={{ marginLeft: (row.level - 1) * INDENT_PX }}
      onFocus={onFocus}
      onDoubleClick={() => row.kind === 'block' && onEdit?.(row.id)}
    >
      <div className="outline-head">
        <span
          className="outline-fold"
          aria-hidden
          onClick={open === undefined ? undefined : onToggle}
        >
          {open !== undefined &&
            (open ? <CaretDownOutlined aria-hidden /> : <CaretRightOutlined aria-hidden />)}
        </span>
        {row.kind === 'section' && t(`sections.${row.section}`)}
        {row.kind === 'exit' && <OutlineExit row={row} />}
        {row.kind === 'block' && <OutlineBlock row={row} />}
      </div>
      {row.kind === 'block' && <OutlineSaid row={row} langs={langs} />}
    </div>
  )
}
