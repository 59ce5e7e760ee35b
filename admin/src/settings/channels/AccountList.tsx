import type { AccountView } from '../../../../gateway/accounts/schema.ts'
import type { FlowSummaryView } from '../../../../gateway/flows/schema.ts'
import { ChannelIcon } from '../../desk/ChannelIcon.tsx'
import { useT } from '../../i18n/index.ts'
import { Mark } from '../../records/Mark.tsx'
import { Time } from '../../records/Time.tsx'
import { useCodeWords } from '../../records/useCodeWords.ts'
import { useLabels } from '../../records/useLabels.ts'
import { byChannel } from './byChannel.ts'
import { HealthMark } from './health/HealthMark.tsx'
import { standingFault } from './health/healthMarks.ts'

interface Props {
  accounts: AccountView[]
  flows: FlowSummaryView[]
  /** what a kind is called */
  kindName(kind: string): string
  onOpen(account: AccountView): void
}

/** Every account under the channel it belongs to, with how it fares at this moment. */
export function AccountList({ accounts, flows, kindName, onOpen }: Props) {
  const t = useT('settings')
  const labels = useLabels()
  const wordsOf = useCodeWords()
  const flowName = (id: string) => flows.find((flow) => flow.id === id)?.name ?? id
  return byChannel(accounts).map(([channel, members]) => (
    <section key={channel} className="accounts" aria-labelledby={`channel-${channel}`}>
      <h2 id={`channel-${channel}`}>
        <span aria-hidden>
          <ChannelIcon channel={channel} />
        </span>
        {labels.channel(channel)}
      </h2>
      <ul>
        {members.map((account) => {
          const { id, name, kind, enabled, health, lang, flowId } = account
          const fault = health && standingFault(health)
          return (
            <li key={id}>
              <button type="button" className="account" onClick={() => onOpen(account)}>
                <span className="account-name">
                  <b>{name}</b>
                  {kind && <span className="quiet">{kindName(kind)}</span>}
                </span>
                <span className="account-state">
                  {health ? (
                    <HealthMark health={health} />
                  ) : (
                    <Mark tone={enabled ? 'green' : 'plain'}>
                      {t(enabled ? 'enabled' : 'disabled')}
                    </Mark>
                  )}
                  {health && health.sinceMs > 0 && (
                    <span className="quiet">
                      {t('channels.health.since')} <Time atMs={health.sinceMs} />
                    </span>
                  )}
                </span>
                <span className="account-flow quiet">
                  {flowName(flowId)} · {labels.lang(lang)}
                </span>
                {fault && (
                  <span className="account-fault">
                    {wordsOf(fault.code, channel) ??
                      t('channels.health.code', { code: fault.code })}
                  </span>
                )}
              </button>
            </li>
          )
        })}
      </ul>
    </section>
  ))
}
