import { App } from 'antd'
import type { MenuProps } from 'antd'
import type { AgentCard, CallCard } from '../../../gateway/desk/protocol.ts'
import { useErrorToast } from '../api/useErrorToast.ts'
import { isLive, supervising } from '../desk/phone/parties.ts'
import { usePhoneActions } from '../desk/phone/usePhoneActions.ts'
import { useDesk } from '../desk/useDesk.ts'
import { useT } from '../i18n/index.ts'
import { navigate } from '../router.tsx'
import { useSession } from '../session/useSession.ts'

type Items = NonNullable<MenuProps['items']>

/** What a team leader can do with the call an agent is in; empty while they are in none. */
export function useCallMenu(agent: AgentCard, call: CallCard | undefined): Items {
  const t = useT('desk')
  const desk = useDesk()
  const { me } = useSession()
  const { modal } = App.useApp()
  const showError = useErrorToast()
  const { supervise, superviseOff, hangUp } = usePhoneActions()
  const conversationId = agent.onCall
  if (!conversationId || !isLive(call) || agent.id === me.id) return []

  const mode = supervising(call, me.id)?.mode
  const askEnd = () =>
    modal.confirm({
      title: t('phone.supervise.endAsk'),
      content: t('phone.supervise.endHint', { name: agent.name }),
      okText: t('phone.supervise.end'),
      okButtonProps: { danger: true },
      cancelText: t('cancel'),
      onOk: () => hangUp(conversationId),
    })
  const askTakeOver = () =>
    modal.confirm({
      title: t('action.takeOverAsk'),
      content: t('action.takeOverHint', { name: agent.name }),
      okText: t('action.takeOver'),
      cancelText: t('cancel'),
      onOk: () =>
        desk
          .request({ do: 'take', conversationId })
          .then(() => navigate(`/desk/${conversationId}`))
          .catch(showError),
    })
  return [
    ...(['listen', 'whisper', 'barge'] as const).map((one) => ({
      key: one,
      disabled: one === mode,
      label: t(`phone.supervise.${one}`),
      onClick: () => void supervise(conversationId, one),
    })),
    ...(mode
      ? [
          {
            key: 'off',
            label: t('phone.supervise.off'),
            onClick: () => void superviseOff(conversationId),
          },
        ]
      : []),
    { key: 'takeOver', label: t('phone.supervise.takeOver'), onClick: askTakeOver },
    { key: 'end', label: t('phone.supervise.end'), onClick: askEnd },
    {
      key: 'show',
      label: t('phone.supervise.show'),
      onClick: () => navigate(`/desk/${conversationId}`),
    },
    { type: 'divider' },
  ]
}
