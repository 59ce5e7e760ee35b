import type { OutboxSummaryView } from '../../../gateway/accounts/schema.ts'
import { useT } from '../i18n/index.ts'
import { counted, widths } from './share.ts'
import type { Counted } from './share.ts'

interface Props {
  summary: OutboxSummaryView[]
  nameOf(accountId: string): string
  /** '' for all */
  chosen: string
  onChoose(accountId: string): void
}

const views: Record<Counted, string> = { waiting: 'waiting', dead: 'dead', deadInbox: 'unhandled' }

/** How many wait and failed, one bar per account, the worst first; a bar chosen filters the list below. */
export function AccountBars({ summary, nameOf, chosen, onChoose }: Props) {
  const t = useT('delivery')
  if (summary.length === 0) return <p className="quiet">{t('quiet')}</p>
  return (
    <section className="delivery-bars" aria-label={t('counts')}>
      <p className="legend" aria-hidden>
        {counted.map((field) => (
          <span key={field}>
            <i className={`bar-${field}`} /> {t(`views.${views[field]}`)}
          </span>
        ))}
      </p>
      <ul>
        {widths(summary).map(({ accountId, percent, ...counts }) => (
          <li key={accountId}>
            <button
              type="button"
              aria-pressed={accountId === chosen}
              onClick={() => onChoose(accountId === chosen ? '' : accountId)}
            >
              <span className="bar-name">{nameOf(accountId)}</span>
              <span className="bar-line">
                {counted.map((field) =>
                  counts[field] > 0 ? (
                    <span
                      key={field}
                      className={`bar-${field}`}
                      style={{ width: `${percent[field]}%` }}
                    >
                      <span className="seen-by-readers">{t(`views.${views[field]}`)} </span>
                      {counts[field]}
                    </span>
                  ) : null,
                )}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
