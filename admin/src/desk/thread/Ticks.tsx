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
      {(state === 'queued' || state === 'sending') && <ClockCircleOutlined />}
      {state === 'unknown' && <QuestionCircleOutlined />}
      {state === 'sent' && <CheckOutlined />}
      {(state === 'delivered' || state === 'read') && (
        <>
          <CheckOutlined />
          <CheckOutlined className="tick-second" />
        </>
      )}
      {failed && (
        <>
          <ExclamationCircleFilled /> {t(`delivery.${state}`)}
        </>
      )}
    </span>
  )
}
