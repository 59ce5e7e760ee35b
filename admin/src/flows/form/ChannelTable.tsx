import type { BlockDescription, OnChannel } from '../../../../bots/flow/description.ts'
import { channels } from '../../../../bots/flow/parts.ts'
import { useName, useT } from '../../i18n/index.ts'
import { Mark } from '../../records/Mark.tsx'
import { useLabels } from '../../records/useLabels.ts'
import type { FlowProblem } from '../editor/flow-editor.ts'
import { Fold } from './Fold.tsx'
import { ProblemNotes } from './ProblemNotes.tsx'

interface Props {
  description: BlockDescription
  problems: readonly FlowProblem[]
}

interface Row {
  names: string[]
  on: OnChannel
  problems: FlowProblem[]
}

/** What the block does on each channel; what cannot work there, and what is wrong there, is marked. */
export function ChannelTable({ description, problems }: Props) {
  const t = useT('flows/form')
  const name = useName()
  const labels = useLabels()
  const rows = rowsOf(description, problems).map((row) => ({
    ...row,
    name: row.names.map((each) => labels.channel(each)).join(t('and')),
  }))
  const marked = rows.filter((row) => row.on.works !== 'yes' || row.problems.length > 0)
  return (
    <Fold
      title={
        <>
          {t('channels.title')}{' '}
          {marked.map((row) => (
            <Mark key={row.name} tone={toneOf(row)}>
              {row.names.length > 1 ? t('channels.written') : row.name}
            </Mark>
          ))}
        </>
      }
    >
      <table className="form-channels">
        <thead>
          <tr>
            <th scope="col">{t('channels.channel')}</th>
            <th scope="col">{t('channels.does')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.name}>
              <th scope="row">{row.name}</th>
              <td>
                {row.on.works !== 'yes' && (
                  <Mark tone={toneOf(row)}>{t(`channels.${row.on.works}`)}</Mark>
                )}{' '}
                {name(row.on.does)}
                <ProblemNotes problems={row.problems} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Fold>
  )
}

const toneOf = (row: Row) =>
  row.on.works === 'never' || row.problems.some(({ severity }) => severity === 'error')
    ? 'red'
    : 'amber'

/** Channels where the block does the same, and where nothing is wrong, share a line. */
function rowsOf({ channels: told }: BlockDescription, problems: readonly FlowProblem[]): Row[] {
  const rows: Row[] = []
  for (const channel of channels) {
    const on = told[channel] ?? told.written
    if (!on) continue
    const own = problems.filter((each) => each.channel === channel)
    const same = rows.find((row) => row.on === on && row.problems.length === 0)
    if (same && own.length === 0) same.names.push(channel)
    else rows.push({ names: [channel], on, problems: own })
  }
  return rows
}
