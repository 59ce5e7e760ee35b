import { Table } from 'antd'
import type { TableColumnsType } from 'antd'
import { useT } from '../../i18n/index.ts'
import { useFormat } from '../../i18n/useFormat.ts'
import { BlockDetails } from './BlockDetails.tsx'
import { columns, meanMark, share, worstFirst } from './rows.ts'
import type { Column, Row } from './rows.ts'
import type { BlockNames } from './useBlockNames.ts'

interface Props {
  rows: readonly Row[]
  names: BlockNames
  onGo(block: string): void
  /** else beside the drawing, where there is room for the worst only */
  wide: boolean
  /** the two that stand side by side */
  versions: readonly [number, number] | undefined
}

const SHOWN = 50
const some = (counts: object) => Object.keys(counts).length > 0
/** Shown in a row's details where the table is narrow. */
const beside: ReadonlySet<Column> = new Set(['noMatch', 'noInput'])

/** Every block with what happened there, worst first; a row unfolds to its exits and marks. */
export function BlockTable({ rows, names, onGo, wide, versions }: Props) {
  const t = useT('flows/measure')
  const format = useFormat()
  const percent = (part: number | undefined) =>
    part === undefined ? '' : `${format.number(Math.round(part * 100))}%`
  const both = ({ now, other }: Row, show: (of: Row['now']) => React.ReactNode) =>
    versions && other ? (
      <>
        <div>
          <span className="quiet">v{versions[0]}</span> {show(now)}
        </div>
        <div>
          <span className="quiet">v{versions[1]}</span> {show(other)}
        </div>
      </>
    ) : (
      show(now)
    )
  const counted = (name: Column): TableColumnsType<Row>[number] => ({
    title: t(`column.${name}`),
    key: name,
    align: 'right',
    width: wide ? 120 : 82,
    sorter: (a, b) => a.now[name] - b.now[name],
    sortDirections: ['descend', 'ascend'],
    render: (_, row) =>
      both(row, (of) => (
        <>
          {format.number(of[name])}{' '}
          <span className="quiet measure-share">
            {of[name] > 0 && percent(share(of[name], of.entered))}
          </span>
        </>
      )),
  })
  return (
    <Table<Row>
      className="items measure-blocks"
      aria-label={t('blocks')}
      rowKey="id"
      size="small"
      dataSource={[...rows].sort(worstFirst)}
      pagination={rows.length > SHOWN && { pageSize: SHOWN, showSizeChanger: false }}
      {...(rows.length > 0 && wide && { scroll: { x: 720 } })}
      expandable={{
        rowExpandable: ({ now, other }) =>
          !wide || [now, other].some((of) => of && (some(of.exits) || some(of.marks))),
        expandedRowRender: (row) => (
          <BlockDetails
            row={row}
            names={names}
            versions={versions}
            figures={wide ? [] : [...beside]}
          />
        ),
      }}
      columns={[
        {
          title: t('column.block'),
          key: 'block',
          sorter: (a, b) => names.title(a.id).localeCompare(names.title(b.id)),
          render: (_, { id, now }) => {
            const kind = names.kind(id)
            const mark = meanMark(now.marks['survey'])
            return (
              <>
                {kind === undefined ? (
                  <span title={t('gone')}>{id}</span>
                ) : (
                  <button type="button" className="open-cell" onClick={() => onGo(id)}>
                    {names.title(id)}
                  </button>
                )}{' '}
                <span className="quiet">{kind ?? t('gone')}</span>
                {mark && (
                  <div className="quiet">
                    {t('mean', { mean: mark.mean.toFixed(1), count: mark.count })}
                  </div>
                )}
              </>
            )
          },
        },
        {
          title: t('column.entered'),
          key: 'entered',
          align: 'right',
          width: wide ? 100 : 64,
          sorter: (a, b) => a.now.entered - b.now.entered,
          sortDirections: ['descend', 'ascend'],
          render: (_, row) => both(row, ({ entered }) => format.number(entered)),
        },
        ...columns.filter((name) => wide || !beside.has(name)).map(counted),
      ]}
    />
  )
}
