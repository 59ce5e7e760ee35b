import { CheckCircleFilled, CloseCircleOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Empty, Modal, Skeleton } from 'antd'
import type { ConversationCard } from '../../../../gateway/desk/protocol.ts'
import { ErrorNotice } from '../../api/ErrorNotice.tsx'
import { api } from '../../api/client.ts'
import { useName, useT } from '../../i18n/index.ts'
import { useFormat } from '../../i18n/useFormat.ts'
import { clock } from '../duration.ts'
import { useNames } from '../useNames.ts'
import { readExplanation } from './explanation.ts'

interface Props {
  card: ConversationCard
  onClose(): void
}

/** Why this conversation waits, or why it went to whom it went. */
export function ExplainDialog({ card, onClose }: Props) {
  const t = useT('desk')
  const name = useName()
  const names = useNames()
  const format = useFormat()
  const { data, error, isPending } = useQuery({
    queryKey: ['explain', card.id],
    queryFn: () =>
      api.get<{ state: string; waiting?: unknown; decision?: unknown }>(
        `/conversations/${card.id}/explain`,
      ),
    staleTime: 0,
  })
  const read = data && readExplanation(data)
  const nothing = read && !read.decision && read.agents.length === 0 && !read.summary

  return (
    <Modal open width={640} title={t('explain.title')} footer={null} onCancel={onClose}>
      <p className="quiet">{t('explain.hint')}</p>
      <ErrorNotice error={error} />
      {isPending && <Skeleton active />}
      {nothing && <Empty description={t('explain.nothing')} />}
      {read?.summary && (
        <p className="explain-summary">
          {name(read.summary)}
          {read.waitedMs !== undefined && ` (${t('inbox.waited', { time: clock(read.waitedMs) })})`}
        </p>
      )}
      {read && read.agents.length > 0 && (
        <ul className="explain-agents">
          {read.agents.map((agent) => (
            <li key={agent.agentId} className={agent.fit ? 'fit' : 'unfit'}>
              {agent.fit ? <CheckCircleFilled aria-hidden /> : <CloseCircleOutlined aria-hidden />}
              <strong>{names.agent(agent.agentId)}</strong>
              <span>{agent.reasons.map((reason) => name(reason)).join(t('explain.and'))}</span>
            </li>
          ))}
        </ul>
      )}
      {read?.decision && (
        <section className="explain-decision">
          <h3>{t('explain.decision')}</h3>
          <p>
            {t('explain.chosen', {
              time: format.short(read.decision.atMs),
              agent: names.agent(read.decision.agentId),
              queue: names.queue(read.decision.queueId),
              waiting: read.decision.waitingCount,
              free: read.decision.freeCount,
            })}
          </p>
          <p>
            {t(`explain.strategy.${read.decision.strategy}`, { defaultValue: '' })}{' '}
            {t('explain.candidates')}{' '}
            {read.decision.candidates
              .map(({ agentId, load }) =>
                t('explain.candidate', { name: names.agent(agentId), load }),
              )
              .join(t('explain.and'))}
          </p>
        </section>
      )}
    </Modal>
  )
}
