import { PauseCircleFilled, PhoneFilled } from '@ant-design/icons'
import { useT } from '../../i18n/index.ts'
import { useDeskState } from '../useDesk.ts'
import { isLive } from './parties.ts'

/** In the inbox: this conversation is on the telephone now, and how far it got. */
export function CallMark({ conversationId }: { conversationId: string }) {
  const t = useT('desk')
  const call = useDeskState((state) => state.calls[conversationId])
  if (!isLive(call)) return null
  return (
    <span className={`badge badge-call badge-call-${call.held ? 'held' : call.phase}`}>
      {call.held ? <PauseCircleFilled aria-hidden /> : <PhoneFilled aria-hidden />}{' '}
      {call.held ? t('phone.hold') : t(`phone.phase.${call.phase}`)}
    </span>
  )
}
