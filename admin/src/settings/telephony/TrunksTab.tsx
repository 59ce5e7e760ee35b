import type { TrunkView } from '../../../../gateway/telephony/schema.ts'
import { useT } from '../../i18n/index.ts'
import { Mark } from '../../records/Mark.tsx'
import { ListTab } from '../ListTab.tsx'
import { PingButton } from './PingButton.tsx'
import { TrunkDrawer } from './TrunkDrawer.tsx'

export function TrunksTab() {
  const t = useT('settings')
  return (
    <ListTab<TrunkView>
      path="/telephony/trunks"
      name={t('telephony.tabs.trunks')}
      hint={t('telephony.trunks.hint')}
      empty={t('telephony.trunks.empty')}
      width={820}
      titleOf={(trunk) => trunk.name}
      drawer={(trunk, close) => <TrunkDrawer trunk={trunk} onClose={close} />}
      columns={[
        {
          title: t('telephony.trunks.peer'),
          render: (_, { host, port, transport }) => (
            <span>
              {host}:{port} <span className="quiet">{transport.toUpperCase()}</span>
            </span>
          ),
        },
        {
          title: t('telephony.trunks.inbound'),
          render: (_, { inbound }) =>
            [...inbound.byAddress, ...(inbound.digest ? [inbound.digest.userName] : [])].join(
              ', ',
            ) || '—',
        },
        {
          title: t('telephony.trunks.outboundPart'),
          width: 190,
          render: (_, { outbound, register, priority }) => (
            <>
              {outbound && (
                <Mark tone="teal">
                  {t('telephony.trunks.directions.out')} · {priority}
                </Mark>
              )}
              {register && <Mark>{t('telephony.trunks.directions.register')}</Mark>}
              {!outbound && !register && '—'}
            </>
          ),
        },
        {
          title: t('enabled'),
          dataIndex: 'enabled',
          width: 90,
          render: (enabled: boolean) => (
            <Mark tone={enabled ? 'green' : 'red'}>{t(enabled ? 'enabled' : 'disabled')}</Mark>
          ),
        },
        {
          width: 90,
          render: (_, trunk) => <PingButton trunk={trunk} size="small" />,
        },
      ]}
    />
  )
}
