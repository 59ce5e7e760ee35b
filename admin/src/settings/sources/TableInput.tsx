import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Input, Pagination } from 'antd'
import { useState } from 'react'
import type { TableSettings } from '../../../../gateway/sources/schema.ts'
import { useT } from '../../i18n/index.ts'
import { ImportTable } from './ImportTable.tsx'
import { cellOf, renamed } from './tableCells.ts'

interface Props {
  id?: string
  value?: TableSettings
  onChange?(value: TableSettings): void
}

/** More inputs than that on one page are slow to type in. */
const ROWS_SHOWN = 20

/** A small table one types into, a page of rows at a time. */
export function TableInput({ id, value, onChange }: Props) {
  const t = useT('settings/sources')
  const [page, turn] = useState(1)
  const { columns = [], rows = [] } = value ?? {}
  const change = (next: Partial<TableSettings>) => onChange?.({ columns, rows, ...next })
  const from = (page - 1) * ROWS_SHOWN
  const setCell = (row: number, name: string, typed: string) =>
    change({
      rows: rows.map((each, at) => (at === row ? { ...each, [name]: cellOf(typed) } : each)),
    })
  const column = (at: number) => t('table.column', { at: at + 1 })
  return (
    <div id={id}>
      <div className="source-table" role="group" aria-label={t('table.title')}>
        <table>
          <thead>
            <tr>
              {columns.map(({ name, label }, at) => (
                <th key={at} scope="col">
                  <Input
                    aria-label={column(at)}
                    value={name}
                    title={label ?? ''}
                    spellCheck={false}
                    onChange={({ target }) => change(renamed({ columns, rows }, at, target.value))}
                    suffix={
                      columns.length > 1 && (
                        <Button
                          type="text"
                          size="small"
                          icon={<DeleteOutlined aria-hidden />}
                          aria-label={t('table.removeColumn', { name: name || column(at) })}
                          onClick={() =>
                            change({ columns: columns.filter((_, each) => each !== at) })
                          }
                        />
                      )
                    }
                  />
                </th>
              ))}
              <th>
                <Button
                  type="text"
                  size="small"
                  icon={<PlusOutlined aria-hidden />}
                  onClick={() =>
                    change({ columns: [...columns, { name: `c${columns.length + 1}` }] })
                  }
                >
                  {t('table.addColumn')}
                </Button>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(from, from + ROWS_SHOWN).map((row, at) => (
              <tr key={from + at}>
                {columns.map(({ name }, each) => (
                  <td key={each}>
                    <Input
                      variant="borderless"
                      aria-label={t('table.cell', { row: from + at + 1, name })}
                      value={String(row[name] ?? '')}
                      onChange={({ target }) => setCell(from + at, name, target.value)}
                    />
                  </td>
                ))}
                <td>
                  <Button
                    type="text"
                    size="small"
                    icon={<DeleteOutlined aria-hidden />}
                    aria-label={t('table.removeRow', { row: from + at + 1 })}
                    onClick={() => change({ rows: rows.filter((_, each) => each !== from + at) })}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="source-table-foot">
        <Button
          type="dashed"
          icon={<PlusOutlined aria-hidden />}
          onClick={() => {
            change({ rows: [...rows, {}] })
            turn(Math.ceil((rows.length + 1) / ROWS_SHOWN))
          }}
        >
          {t('table.addRow')}
        </Button>
        <ImportTable
          onRead={(table) => {
            onChange?.(table)
            turn(1)
          }}
        />
        <span className="quiet">{t('table.rows', { count: rows.length })}</span>
        {rows.length > ROWS_SHOWN && (
          <Pagination
            size="small"
            current={page}
            pageSize={ROWS_SHOWN}
            total={rows.length}
            showSizeChanger={false}
            onChange={turn}
          />
        )}
      </div>
    </div>
  )
}
