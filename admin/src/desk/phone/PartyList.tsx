import { AudioMutedOutlined, CloseOutlined } from '@ant-design/icons'
import { Button, Tooltip } from 'antd'
import type { CallCard, PartyCard } from '../../../../gateway/desk/protocol.ts'
import { useT } from '../../i18n/index.ts'
import { useSession } from '../../session/useSession.ts'
import { presentParties, qualityOf } from './parties.ts'
import { usePhoneActions } from './usePhoneActions.ts'

/** Who is in the call, how they stand and how their line does; whoever serves may remove third parties. */
export function PartyList({ call, mine }: { call: CallCard; mine: boolean }) {
  const t = useT('desk')
  const { me } = useSession()
  const { drop, busy } = usePhoneActions()
  return (
    <ul className="parties" aria-label={t('phone.parties')}>
      {presentParties(call).map((party) => {
        const kind = t(`phone.party.${party.kind}`)
        const name = party.agentId === me.id ? t('phone.me') : party.name || party.number || kind
        const removable = mine && party.agentId !== me.id && party.kind === 'third'
        return (
          <li key={party.id} className={`party party-${party.state}`}>
            {kind !== name && <span className="party-kind">{kind}</span>}
            <b>{name}</b>
            <span className="party-how">
              {party.mode
                ? t(`phone.supervise.${party.mode}`)
                : t(`phone.partyState.${party.state}`)}
            </span>
            {party.muted && (
              <AudioMutedOutlined
                aria-label={t('phone.partyMuted')}
                title={t('phone.partyMuted')}
              />
            )}
            <Quality party={party} />
            {removable && (
              <Button
                type="text"
                size="small"
                disabled={busy}
                icon={<CloseOutlined aria-hidden />}
                aria-label={t('phone.drop', { name })}
                onClick={() => void drop(call.conversationId, party.id)}
              />
            )}
          </li>
        )
      })}
    </ul>
  )
}

function Quality({ party }: { party: PartyCard }) {
  const t = useT('desk')
  const quality = qualityOf(party)
  if (!quality || !party.quality) return null
  const words = t(`phone.quality.${quality}`, {
    lost: Math.round(party.quality.lostPercent * 10) / 10,
    jitter: Math.round(party.quality.jitterMs),
  })
  return (
    <Tooltip title={words}>
      <span className={`quality quality-${quality}`} role="img" aria-label={words}>
        <i />
        <i />
        <i />
      </span>
    </Tooltip>
  )
}
