import { useQuery } from '@tanstack/react-query'
import { Alert } from 'antd'
import type { AlikeView } from '../../../gateway/knowledge/schema.ts'
import { api } from '../api/client.ts'
import { useT } from '../i18n/index.ts'
import { useSettled } from '../records/useSettled.ts'

interface Props {
  question: Record<string, string>
  not: string | undefined
}

/** Warns of entries that answer the same question already. */
export function Alike({ question, not }: Props) {
  const t = useT('knowledge')
  const asked = useSettled(JSON.stringify(question))
  const { data } = useQuery({
    queryKey: ['knowledge/alike', asked, not],
    queryFn: () =>
      api.post<{ items: AlikeView[] }>('/knowledge/alike', {
        question: JSON.parse(asked) as Record<string, string>,
        ...(not && { not }),
      }),
    enabled: Object.values(question).some((text) => text?.trim()),
  })
  if (!data?.items.length) return null
  return (
    <Alert
      type="warning"
      showIcon
      title={t('alike')}
      description={
        <ul className="plain-list">
          {data.items.map((each) => (
            <li key={each.id}>
              {each.question} <span className="quiet">{each.score.toFixed(2)}</span>
            </li>
          ))}
        </ul>
      }
    />
  )
}
