import { CaretDownOutlined, CaretRightOutlined, WarningFilled } from '@ant-design/icons'
import { memo } from 'react'
import { useT } from '../i18n/index.ts'
import type { Row } from './outline.ts'
import { OutlineBlock } from './OutlineBlock.tsx'
import { OutlineExit } from './OutlineExit.tsx'
import { OutlineSaid } from './OutlineSaid.tsx'

interface Props {
  row: Row
  /** the kind of block an exit leaves */
  type: string
  /** what people call the block, or the block an exit leads to */
  name: string
  langs: readonly string[]
  focused: boolean
  chosen: boolean
  /** how many problems the block has */
  problems: number
  /** undefined when there is nothing inside */
  open: boolean | undefined
}

const INDENT_PX = 22

/** A line of the tree; what is done with it, the tree sees to. */
export const OutlineRow = memo(function OutlineRow(props: Props) {
  const { row, type, name, langs, focused, chosen, problems, open } = props
  const t = useT('flows')
  return (
    <div
      role="treeitem"
      aria-level={row.level}
      aria-selected={chosen}
      {...(open !== undefined && { 'aria-expanded': open })}
      tabIndex={focused ? 0 : -1}
      className={`outline-row outline-${row.kind} ${chosen ? 'outline-chosen' : ''}`}
      style={{ marginLeft: (row.level - 1) * INDENT_PX }}
      data-key={row.key}
    >
      <div className="outline-head">
        <span className="outline-fold" aria-hidden>
          {open !== undefined &&
            (open ? <CaretDownOutlined aria-hidden /> : <CaretRightOutlined aria-hidden />)}
        </span>
        {row.kind === 'section' && t(`sections.${row.section}`)}
        {row.kind === 'exit' && <OutlineExit row={row} type={type} name={name} />}
        {row.kind === 'block' && <OutlineBlock row={row} name={name} />}
        {problems > 0 && (
          <span className="outline-problems">
            <WarningFilled aria-hidden /> {t('problemCount', { count: problems })}
          </span>
        )}
      </div>
      {row.kind === 'block' && <OutlineSaid row={row} langs={langs} />}
    </div>
  )
})
