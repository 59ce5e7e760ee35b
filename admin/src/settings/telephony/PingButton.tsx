import { App, Button, Tooltip } from 'antd'
import type { PingView, TrunkView } from '../../../../gateway/telephony/schema.ts'
import { api } from '../../api/client.ts'
import { useErrorToast } from '../../api/useErrorToast.ts'
import { useT } from '../../i18n/index.ts'
import { useAction } from '../../records/useAction.ts'
import { pingVerdict } from './pingVerdict.ts'

interface Props {
  trunk: TrunkView
  size?: 'small' | 'middle'
}

/** Asks the other end whether it is there, and says what its answer means. */
export function PingButton({ trunk, size = 'middle' }: Props) {
  const t = useT('settings')
  const { message } = App.useApp()
  const showError = useErrorToast()
  const ping = useAction(
    () => api.post<PingView>(`/telephony/trunks/${trunk.id}/ping`, {}),
    ['/telephony/status'],
  )
  const tell = ({ status, tookMs }: PingView) => {
    const { word, type } = pingVerdict(status)
    void message.open({
      type,
      duration: 6,
      content: t(`telephony.trunks.${word}`, { name: trunk.name, status, ms: tookMs }),
    })
  }
  return (
    <Tooltip title={t('telephony.trunks.pingHint')}>
      <Button
        size={size}
        loading={ping.isPending}
        disabled={!trunk.enabled}
        onClick={() => ping.mutate(undefined, { onSuccess: tell, onError: showError })}
      >
        {t('telephony.trunks.ping')}
      </Button>
    </Tooltip>
  )
}
