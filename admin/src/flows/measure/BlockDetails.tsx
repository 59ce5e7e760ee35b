import { useT } from '../../i18n/index.ts'
import { useFormat } from '../../i18n/useFormat.ts'
import type { Column, Row } from './rows.ts'
import type { BlockNames } from './useBlockNames.ts'
import { useMarkNames } from './useMarkNames.ts'

interface Props {
  row: Row
  names: BlockNames
  versions: readonly [number, number] | undefined
  /** that do not stand in the table */
  figures: readonly Column[]
}

/** By which exit they left, and whatever else was marked there. */
export function BlockDetails({ row: { id, now, other }, names, versions, figures }: Props) {
  const t = useT('flows/measure')
  const markName = useMarkNames()
  const kinds = [...new Set([...Object.keys(now.marks), ...Object.keys(other?.marks ?? {})])].sort()
  return (
    <div className="measure-details">
      <Counts
        title={t('exits')}
        now={now.exits}
        other={other?.exits}
        versions={versions}
        name={(port) => names.exit(id, port)}
      />
      {figures.length > 0 && (
        <Counts
          title={t('answers')}
          now={Object.fromEntries(figures.map((name) => [name, now[name]]))}
          other={other && Object.fromEntries(figures.map((name) => [name, other[name]]))}
          versions={versions}
          name={(name) => t(`column.${name}`)}
        />
      )}
      {kinds.map((kind) => (
        <Counts
          key={kind}
          title={t(`mark.${kind}`, { defaultValue: kind })}
          now={now.marks[kind] ?? {}}
          other={other?.marks[kind]}
          versions={versions}
          name={(label) => markName(kind, label)}
        />
      ))}
    </div>
  )
}

interface CountsProps {
  title: string
  now: Record<string, number>
  other: Record<string, number> | undefined
  versions: readonly [number, number] | undefined
  name(label: string): string
}

function Counts({ title, now, other, versions, name }: CountsProps) {
  const t = useT('flows/measure')
  const format = useFormat()
  const labels = [...new Set([...Object.keys(now), ...Object.keys(other ?? {})])].sort(
    (a, b) => (now[b] ?? 0) - (now[a] ?? 0) || a.localeCompare(b),
  )
  if (labels.length === 0) return null
  return (
    <table className="measure-counts">
      <caption>{title}</caption>
      {versions && (
        <thead>
          <tr>
            <td />
            {versions.map((version) => (
              <th key={version} scope="col">
                v{version}
              </th>
            ))}
          </tr>
        </thead>
      )}
      <tbody>
        {labels.map((label) => (
          <tr key={label}>
            <th scope="row">{label === '…' ? t('others') : name(label)}</th>
            <td>{format.number(now[label] ?? 0)}</td>
            {versions && <td>{format.number(other?.[label] ?? 0)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
