import { useQuery } from '@tanstack/react-query'
import type { PointedView } from '../../../../gateway/flows/schema.ts'
import { api } from '../../api/client.ts'
import { useT } from '../../i18n/index.ts'
import { Load } from '../../records/Load.tsx'
import { Time } from '../../records/Time.tsx'

/** Who made which version live, rolled back or split, when and why. */
export function History({ flowId }: { flowId: string }) {
  const t = useT('flows/versions')
  // under the name of flows, as versions are: publishing and rolling back refresh both
  const history = useQuery({
    queryKey: ['flows', 'history', flowId],
    queryFn: async () =>
      (await api.get<{ items: PointedView[] }>(`/flows/${flowId}/history`)).items,
  })
  return (
    <section className="part" aria-label={t('history')}>
      <h3>{t('history')}</h3>
      <Load of={history}>
        {(items) =>
          items.length === 0 ? (
            <p className="quiet">{t('historyEmpty')}</p>
          ) : (
            <ol className="flow-history">
              {items.map(({ version, split, by, atMs, note }) => (
                <li key={atMs}>
                  <Time atMs={atMs} /> · {by} ·{' '}
                  {split
                    ? t('did.split', { version, other: split.version, percent: split.percent })
                    : t('did.live', { version })}
                  {note && <span className="quiet"> — {note}</span>}
                </li>
              ))}
            </ol>
          )
        }
      </Load>
    </section>
  )
}
