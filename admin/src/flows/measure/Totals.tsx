import { Tooltip } from 'antd'
import type { MeasuresView } from '../../../../gateway/measures/schema.ts'
import { useT } from '../../i18n/index.ts'
import { useFormat } from '../../i18n/useFormat.ts'

type Figures = MeasuresView['totals']

interface Props {
  now: Figures
  other: Figures | undefined
  version: number | undefined
  compare: number | undefined
}

/** What became of those who began in this flow. */
export function Totals({ now, other, version, compare }: Props) {
  const t = useT('flows/measure')
  const format = useFormat()
  const percent = (part: number | undefined) =>
    part === undefined ? '—' : `${format.number(Math.round(part * 1000) / 10)}%`
  const duration = (ms: number | undefined) => {
    if (ms === undefined) return '—'
    const seconds = Math.round(ms / 1000)
    return seconds < 90
      ? t('seconds', { value: seconds })
      : t('minutes', { value: Math.round(seconds / 60) })
  }
  const of = (count: number, figures: Figures) =>
    figures.ended > 0 ? ` · ${percent(count / figures.ended)}` : ''
  const tiles: [name: string, show: (figures: Figures) => string][] = [
    ['started', ({ started }) => format.number(started)],
    ['containment', ({ containment }) => percent(containment)],
    ['completed', (each) => format.number(each.completed) + of(each.completed, each)],
    ['gaveUp', (each) => format.number(each.gaveUp) + of(each.gaveUp, each)],
    [
      'askedForPerson',
      (each) => format.number(each.askedForPerson) + of(each.askedForPerson, each),
    ],
    ['median', ({ medianUpToMs, ended }) => (ended > 0 && medianUpToMs === undefined ? t('overAnHour') : duration(medianUpToMs))], // prettier-ignore
    ['mean', ({ meanMs }) => duration(meanMs)],
  ]
  return (
    <dl className="measure-tiles">
      {tiles.map(([name, show]) => (
        <div key={name} className="measure-tile">
          <dt>
            <Tooltip title={t(`about.${name}`)}>
              <span tabIndex={0}>{t(`total.${name}`)}</span>
            </Tooltip>
          </dt>
          <dd>
            {other && <span className="quiet">v{version} </span>}
            {show(now)}
            {name === 'started' && <div className="quiet">{t('ended', { count: now.ended })}</div>}
          </dd>
          {other && (
            <dd className="measure-other">
              <span className="quiet">v{compare} </span>
              {show(other)}
            </dd>
          )}
        </div>
      ))}
    </dl>
  )
}
