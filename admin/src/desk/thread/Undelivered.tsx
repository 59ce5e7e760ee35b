import { App, Button } from 'antd'
import type { WireMessage } from '../../../../gateway/desk/protocol.ts'
import { api } from '../../api/client.ts'
import { useErrorToast } from '../../api/useErrorToast.ts'
import { useT } from '../../i18n/index.ts'
import { useAction } from '../../records/useAction.ts'
import { useCodeWords } from '../../records/useCodeWords.ts'
import { useConfirm } from '../../records/useConfirm.ts'
import { useSession } from '../../session/useSession.ts'
import { useDeskState } from '../useDesk.ts'
import { isUndelivered } from './isUndelivered.ts'

/** Why a message did not arrive, or why nobody knows, and a way to send it again. */
export function Undelivered({ message }: { message: WireMessage }) {
  const t = useT('desk')
  const wordsOf = useCodeWords()
  const confirm = useConfirm()
  const showError = useErrorToast()
  const { message: toast } = App.useApp()
  const { me, can } = useSession()
  const mine = useDeskState((state) => state.cards[message.conversationId]?.agentId === me.id)
  const replay = useAction(() => api.post(`/outbox/${message.id}/replay`, {}), ['/outbox'])
  const { delivery, channel } = message
  if (!isUndelivered(message) || !delivery) return null
  const { state, code } = delivery
  const words = code && wordsOf(code, channel)
  const again = async () => {
    const sure =
      state !== 'unknown' ||
      (await confirm({
        title: t('thread.unknownTitle'),
        text: t('thread.unknownText'),
        ok: t('thread.sendAgain'),
        danger: true,
      }))
    if (!sure) return
    replay.mutate(undefined, {
      onSuccess: () => void toast.success(t('thread.sentAgain')),
      onError: showError,
    })
  }
  return (
    <span className="undelivered" role="note">
      {words || t(`thread.why.${state}`)}
      {code && !words && ` (${code})`}
      {(mine || can('supervise')) && (
        <Button type="link" size="small" loading={replay.isPending} onClick={() => void again()}>
          {t('thread.sendAgain')}
        </Button>
      )}
    </span>
  )
}
