import { DisconnectOutlined, MoreOutlined, PhoneFilled } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import type { AgentCard } from '../../../gateway/desk/protocol.ts'
import { useErrorToast } from '../api/useErrorToast.ts'
import { clock } from '../desk/duration.ts'
import { useChoices } from '../desk/useChoices.ts'
import { isLive, supervising } from '../desk/phone/parties.ts'
import { useDesk, useDeskState } from '../desk/useDesk.ts'
import { useName, useT } from '../i18n/index.ts'
import { useSession } from '../session/useSession.ts'
import { useCallMenu } from './useCallMenu.ts'

const settable = ['ready', 'busy', 'offline'] as const

/** One agent: state, since when, how much in hand. A team leader may set the state. */
export function AgentTile({ agent, nowMs }: { agent: AgentCard; nowMs: number }) {
  const t = useT('wallboard')
  const words = useT('desk')
  const name = useName()
  const { can, me } = useSession()
  const call = useDeskState((state) => (agent.onCall ? state.calls[agent.onCall] : undefined))
  // while the call is written up nobody is on the line
  const onCall = agent.onCall && (call ? isLive(call) : agent.state !== 'wrapUp')
  const callMenu = useCallMenu(agent, call)
  const mode = supervising(call, me.id)?.mode
  const desk = useDesk()
  const showError = useErrorToast()
  const { busyReasons } = useChoices()
  const reason =
    agent.state === 'busy' && agent.reason
      ? name(busyReasons.find(({ id }) => id === agent.reason)?.name) || agent.reason
      : undefined
  return (
    <li className={`tile tile-${agent.state}`}>
      <span className={`dot dot-${agent.state}`} aria-hidden />
      <div className="tile-words">
        <strong>{agent.name}</strong>
        <span>
          {words(`state.${agent.state}`)}
          {reason && ` · ${reason}`}
          {agent.state !== 'offline' && ` · ${clock(nowMs - agent.sinceMs)}`}
        </span>
        {onCall && (
          <span className="tile-call">
            <PhoneFilled aria-hidden /> {words(call?.held ? 'phone.hold' : 'phone.phase.talking')}
            {call?.answeredAtMs && ` · ${clock(nowMs - call.answeredAtMs)}`}
          </span>
        )}
        {mode && (
          <span className="tile-supervised" role="status">
            {words(`phone.supervise.told.${mode}`)}
          </span>
        )}
      </div>
      {agent.state !== 'offline' && !agent.connected && (
        <DisconnectOutlined title={t('disconnected')} aria-label={t('disconnected')} />
      )}
      <span className="tile-load" title={t('load')}>
        <span className="seen-by-readers">{t('load')}</span>
        {agent.load}/{agent.capacity}
      </span>
      {can('supervise') && (
        <Dropdown
          trigger={['click']}
          menu={{
            items: [
              ...callMenu,
              ...settable.map((state) => ({
                key: state,
                disabled: state === agent.state,
                label: t('setState', { state: words(`state.${state}`) }),
                onClick: () =>
                  void desk
                    .request({ do: 'forceState', agentId: agent.id, state })
                    .catch(showError),
              })),
            ],
          }}
        >
          <Button
            type="text"
            size="small"
            icon={<MoreOutlined aria-hidden />}
            aria-label={t('manage', { name: agent.name })}
          />
        </Dropdown>
      )}
    </li>
  )
}
