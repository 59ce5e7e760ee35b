import {
  CheckOutlined,
  ClockCircleOutlined,
  ExclamationCircleFilled,
  QuestionCircleOutlined,
} from '@ant-design/icons'
import type { WireMessage } from '../../../../gateway/desk/protocol.ts'
import { useT } from '../../i18n/index.ts'

/** How far a message got, as a sign and in words. */
export function Ticks({ delivery }: Pick<WireMessage, 'delivery'>) {
  const t = useT('desk')
  if (!delivery) return null
  const { state, code } = delivery
  const words = [t(`delivery.${state}`), code && `(${code})`].filter(Boolean).join(' ')
  const failed = state === 'failed' || state === 'expired'
  return (
    <span className={`ticks ticks-${state}`} role="img" aria-label={words} title={words}>
      {(state === 'queued' || state === 'sending') && <ClockCircleOutlined aria-hidden />}
      {state === 'unknown' && (
        <>
          <QuestionCircleOutlined aria-hidden /> {t('delivery.unknown')}
        </>
      )}
      {state === 'sent' && <CheckOutlined aria-hidden />}
      {(state === 'delivered' || state === 'read') && (
        <>
          <CheckOutlined aria-hidden />
          <CheckOutlined className="tick-second" aria-hidden />
        </>
      )}
      {failed && (
        <>
          <ExclamationCircleFilled aria-hidden /> {t(`delivery.${state}`)}
        </>
      )}
    </span>
  )
}
