import {
  BranchesOutlined,
  CheckCircleOutlined,
  FileAddOutlined,
  PhoneOutlined,
  QuestionCircleOutlined,
  RobotOutlined,
  SwapOutlined,
} from '@ant-design/icons'
import { App, Button, Dropdown, Tooltip } from 'antd'
import type { ConversationCard } from '../../../../gateway/desk/protocol.ts'
import { useT } from '../../i18n/index.ts'
import { useSession } from '../../session/useSession.ts'
import type { Sections } from '../inbox/sections.ts'
import { isLive } from '../phone/parties.ts'
import { usePhoneActions } from '../phone/usePhoneActions.ts'
import { useDeskState } from '../useDesk.ts'
import { useNames } from '../useNames.ts'
import { useReach } from '../composer/useReach.ts'
import { writtenChannel } from '../writtenChannel.ts'
import { whyNoInvite } from './whyNoInvite.ts'
import { useDeskActions } from './useDeskActions.ts'
import { useDialog } from './useDialog.ts'
import { useWritableAccounts } from './useWritableAccounts.ts'

interface Props {
  card: ConversationCard
  section: keyof Sections
}

/** What can be done with this conversation, as it stands. */
export function ActionBar({ card, section }: Props) {
  const t = useT('desk')
  const names = useNames()
  const { can } = useSession()
  const { modal, message } = App.useApp()
  const onCall = useDeskState((state) => isLive(state.calls[card.id]))
  const written = useDeskState((state) =>
    writtenChannel(card, state.threads[card.id]?.messages ?? []),
  )
  const { reach, closed } = useReach(card.id)
  const noInvite = whyNoInvite(reach, closed)
  const phone = usePhoneActions()
  const { accept, decline, take, handBack, finish, busy } = useDeskActions()
  const { show } = useDialog()
  const writable = useWritableAccounts().length > 0

  const askHandBack = () =>
    modal.confirm({
      title: t('action.handBackAsk'),
      content: t('action.handBackHint'),
      okText: t('action.handBack'),
      cancelText: t('cancel'),
      onOk: () => handBack(card),
    })
  const takeOver = () => {
    if (!card.agentId) return void take(card)
    modal.confirm({
      title: t('action.takeOverAsk'),
      content: t('action.takeOverHint', { name: names.agent(card.agentId) }),
      okText: t('action.takeOver'),
      cancelText: t('cancel'),
      onOk: () => take(card),
    })
  }
  const invite = async () => {
    if (await phone.invite(card.id)) void message.success(t('phone.invited'))
  }
  const mayTake = section === 'waiting' || (section === 'others' && can('supervise'))

  return (
    <div className="actions" role="toolbar" aria-label={t('action.label')}>
      <Tooltip title={t('explain.title')}>
        <Button
          type="text"
          icon={<QuestionCircleOutlined aria-hidden />}
          aria-label={t('action.explain')}
          onClick={() => show('explain')}
        />
      </Tooltip>
      {can('manageTickets') && (section === 'mine' || section === 'wrapUp') && (
        <Button
          icon={<FileAddOutlined aria-hidden />}
          aria-label={t('action.ticket')}
          onClick={() => show('ticket')}
        >
          <span className="wide-only">{t('action.ticket')}</span>
        </Button>
      )}
      {section === 'mine' && !onCall && card.callback && (
        <Button
          icon={<PhoneOutlined aria-hidden />}
          className="call-answer"
          type="primary"
          loading={phone.busy}
          onClick={() => void phone.dial(card.callback!.number, { conversationId: card.id })}
        >
          {t('phone.callBackOn', { number: card.callback.number })}
        </Button>
      )}
      {section === 'mine' && !onCall && (
        <Dropdown
          trigger={['click']}
          menu={{
            items: [
              ...(written && written !== 'voice'
                ? [
                    {
                      key: 'invite',
                      disabled: noInvite !== undefined,
                      label: (
                        <>
                          {t('phone.invite')}
                          {noInvite && (
                            <div className="menu-reason">{t(`phone.noInvite.${noInvite}`)}</div>
                          )}
                        </>
                      ),
                      onClick: () => void invite(),
                    },
                  ]
                : []),
              { key: 'call', label: `${t('phone.call')}…`, onClick: () => show('callContact') },
              ...(writable
                ? [{ key: 'write', label: t('write.menu'), onClick: () => show('write') }]
                : []),
            ],
          }}
        >
          <Button
            icon={<PhoneOutlined aria-hidden />}
            loading={phone.busy}
            aria-label={t('phone.voice')}
            title={t('phone.voice')}
          />
        </Dropdown>
      )}
      {/* while one talks, the call bar has the ways on and the end */}
      {section === 'mine' && !onCall && (
        <>
          <Button
            icon={<RobotOutlined aria-hidden />}
            aria-label={t('action.handBack')}
            disabled={busy}
            onClick={askHandBack}
          >
            <span className="wide-only">{t('action.handBack')}</span>
          </Button>
          <Button
            icon={<SwapOutlined aria-hidden />}
            disabled={busy}
            onClick={() => show('transfer')}
          >
            {t('action.transfer')}
          </Button>
          <Button
            type="primary"
            icon={<CheckCircleOutlined aria-hidden />}
            loading={busy}
            onClick={() => void finish(card)}
          >
            {t('action.finish')}
          </Button>
        </>
      )}
      {section === 'offered' && !onCall && (
        <>
          <Button disabled={busy} onClick={() => void decline(card)}>
            {t('inbox.decline')}
          </Button>
          <Button type="primary" loading={busy} onClick={() => void accept(card)}>
            {t('inbox.accept')}
          </Button>
        </>
      )}
      {mayTake && (
        <Button
          type="primary"
          icon={<BranchesOutlined aria-hidden />}
          loading={busy}
          onClick={takeOver}
        >
          {t(section === 'waiting' ? 'action.take' : 'action.takeOver')}
        </Button>
      )}
    </div>
  )
}
