import { Checkbox } from 'antd'
import type { ReactNode } from 'react'
import { useT } from '../i18n/index.ts'

interface Props {
  /** of every row there is */
  ids: string[]
  marked: string[]
  onMark(ids: string[]): void
  /** what can be done with the rows marked */
  children: ReactNode
}

/** Marks all rows, and does something with those that are marked. */
export function SelectionBar({ ids, marked, onMark, children }: Props) {
  const t = useT('delivery')
  const count = marked.length
  return (
    <div className="bar delivery-selection" role="group" aria-label={t('selected', { count })}>
      <Checkbox
        checked={count === ids.length}
        indeterminate={count > 0 && count < ids.length}
        onChange={(event) => onMark(event.target.checked ? ids : [])}
      >
        {count > 0 ? t('selected', { count }) : t('all')}
      </Checkbox>
      {count > 0 && children}
    </div>
  )
}
