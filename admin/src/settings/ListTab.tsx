import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { TableColumnsType } from 'antd'
import { useState } from 'react'
import type { ReactNode } from 'react'
import type { Query } from '../api/client.ts'
import { useT } from '../i18n/index.ts'
import { ItemTable } from '../records/ItemTable.tsx'
import { OpenCell } from '../records/OpenCell.tsx'
import { useItems } from '../records/useItems.ts'

interface Props<T> {
  path: string
  /** of records whose key is not called id */
  keyOf?(item: T): string
  /** asks for a part of the list */
  query?: Query
  name: string
  hint: string
  empty: string
  /** of the first column; "Name" unless told */
  nameTitle?: string
  /** what stands in the first column, which opens the record */
  titleOf(item: T): ReactNode
  columns: TableColumnsType<T>
  /** the form of a record, or of a new one */
  drawer(item: T | undefined, close: () => void): ReactNode
  canCreate?: boolean
  /** more buttons, before the one that makes a new one */
  actions?: ReactNode
  /** above the list */
  notices?: (items: T[]) => ReactNode
  width?: number
}

/** A kind of setting: what it is for, the list, and a drawer to change one. */
export function ListTab<T extends { id: string }>(props: Props<T>) {
  const { path, query, name, hint, empty, titleOf, columns, drawer, actions, notices } = props
  const { canCreate = true } = props
  const t = useT('settings')
  const words = useT('records')
  const found = useItems<T>(path, query)
  const { keyOf } = props
  const items = keyOf
    ? { ...found, data: found.data?.map((item) => ({ ...item, id: keyOf(item) })) }
    : found
  const [editing, edit] = useState<{ item: T | undefined }>()
  const close = () => edit(undefined)
  return (
    <>
      <div className="bar">
        <span className="quiet bar-hint">{hint}</span>
        {actions}
        {canCreate && (
          <Button
            type="primary"
            icon={<PlusOutlined aria-hidden />}
            onClick={() => edit({ item: undefined })}
          >
            {words('create')}
          </Button>
        )}
      </div>
      {notices && items.data && notices(items.data)}
      <ItemTable<T>
        name={name}
        items={items}
        empty={empty}
        width={props.width ?? 640}
        onOpen={(item) => edit({ item })}
        columns={[
          {
            title: props.nameTitle ?? t('name'),
            render: (_, item) => <OpenCell onOpen={() => edit({ item })}>{titleOf(item)}</OpenCell>,
          },
          ...columns,
        ]}
      />
      {editing && drawer(editing.item, close)}
    </>
  )
}
