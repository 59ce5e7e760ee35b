import { Button } from 'antd'
import { useQuery } from '@tanstack/react-query'
import type { SuggestionView } from '../../../gateway/contacts/schema.ts'
import { api } from '../api/client.ts'
import { ErrorNotice } from '../api/ErrorNotice.tsx'
import { useT } from '../i18n/index.ts'
import { Mark } from '../records/Mark.tsx'
import { useConfirm } from '../records/useConfirm.ts'
import { Link } from '../router.tsx'
import { useSession } from '../session/useSession.ts'
import { personName } from './personName.ts'
import { useMerging } from './useMerging.ts'
import { useReason } from './useReason.ts'
import './suggestions.css'

const tones = { strong: 'green', likely: 'gold', weak: 'plain' } as const

/** Who else this may be. Nothing is merged without somebody saying so; without a suggestion, nothing is shown. */
export function Suggestions({ contactId }: { contactId: string }) {
  const t = useT('contacts')
  const { can } = useSession()
  const confirm = useConfirm()
  const reason = useReason()
  const { merge, dismiss } = useMerging(contactId)
  const { data } = useQuery({
    queryKey: ['contacts', 'suggestions', contactId],
    queryFn: () => api.get<{ items: SuggestionView[] }>(`/contacts/${contactId}/suggestions`),
    // a colleague, or what the contact proves meanwhile
    refetchInterval: 60_000,
  })
  const items = data?.items ?? []
  if (items.length === 0) return null
  const ask = async ({ other }: SuggestionView) => {
    const names = { other: personName(other), kept: t('thisContact') }
    const sure = await confirm({
      title: t('confirmMerge', names),
      text: t('confirmMergeText', names),
      ok: t('doMerge'),
    })
    if (sure) merge.mutate(other.id)
  }
  return (
    <section className="suggestions" aria-label={t('suggestions')}>
      <ErrorNotice error={merge.error ?? dismiss.error} />
      <ul>
        {items.map((item) => (
          <li key={item.other.id}>
            <div>
              {t('maybeSame')}{' '}
              <Link to={`/contacts/${item.other.id}`}>{personName(item.other)}</Link>{' '}
              <Mark tone={tones[item.strength]}>{t(`strength.${item.strength}`)}</Mark>
            </div>
            <ul className="suggestion-reasons quiet">
              {item.reasons.map((each, index) => (
                <li key={index}>{reason(each)}</li>
              ))}
            </ul>
            {can('serve') && (
              <div className="suggestion-actions">
                <Button
                  size="small"
                  type="primary"
                  loading={merge.isPending}
                  onClick={() => void ask(item)}
                >
                  {t('confirmSame')}
                </Button>
                <Button
                  size="small"
                  loading={dismiss.isPending}
                  onClick={() => dismiss.mutate(item.other.id)}
                >
                  {t('notSame')}
                </Button>
              </div>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
