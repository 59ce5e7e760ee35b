import { Empty, Table } from 'antd'
import type { TableColumnsType } from 'antd'
import type { ReactNode } from 'react'
import { ErrorNotice } from '../api/ErrorNotice.tsx'
import type { Asked } from './asked.ts'
import { labelledCells } from './labelledCells.ts'
import './records.css'

interface Props<T> {
  /** what the list holds, for screen readers */
  name: string
  items: Asked<T[]> & { isPending: boolean }
  columns: TableColumnsType<T>
  onOpen?: ((item: T) => void) | undefined
  /** says what to do when there is nothing */
  empty: ReactNode
  width?: number
  footer?: ReactNode
  /** ids of the rows marked with a tick, where several can be worked on at once */
  marked?: string[]
  onMark?(ids: string[]): void
  /** what marking a row is called, for screen readers */
  markName?(item: T): string
}

/**
 * A list of records: waiting, empty and failed states included; a click on a row opens it. On a telephone
 * every row is a card, or what can be done with it would stand off the screen.
 */
export function ItemTable<T extends { id: string }>(props: Props<T>) {
  const { name, items, columns, onOpen, empty, width, footer } = props
  const { marked, onMark, markName } = props
  if (items.error) return <ErrorNotice error={items.error} onRetry={() => void items.refetch()} />
  return (
    <Table<T>
      className="items items-cards"
      aria-label={name}
      rowKey="id"
      size="middle"
      columns={labelledCells(columns)}
      dataSource={items.data ?? []}
      loading={{ spinning: items.isPending, delay: 150 }}
      pagination={false}
      // an empty list that scrolls could not be reached by keyboard
      {...(items.data?.length && { scroll: { x: width ?? 'max-content' } })}
      locale={{
        emptyText: items.isPending ? (
          ' '
        ) : (
          <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={empty} />
        ),
      }}
      onRow={(item) => ({
        className: onOpen ? 'items-row' : '',
        onClick: (event) => {
          // buttons and links of a row do their own work
          if (!(event.target as Element).closest('button, a, input, label, [role=menuitem]'))
            onOpen?.(item)
        },
      })}
      {...(onMark && {
        rowSelection: {
          // the library hides a copy of it from readers and not from the keyboard; lists have their own
          hideSelectAll: true,
          selectedRowKeys: marked ?? [],
          onChange: (keys) => onMark(keys.map(String)),
          getCheckboxProps: (item) => ({ 'aria-label': markName?.(item) ?? item.id }),
        },
      })}
      {...(footer && { footer: () => footer })}
    />
  )
}
