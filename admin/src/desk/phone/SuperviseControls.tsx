import { EyeInvisibleOutlined } from '@ant-design/icons'
import { App, Button, Radio } from 'antd'
import type { CallCard, ConversationCard } from '../../../../gateway/desk/protocol.ts'
import { useT } from '../../i18n/index.ts'
import { useSession } from '../../session/useSession.ts'
import { useNames } from '../useNames.ts'
import { supervising } from './parties.ts'
import { usePhoneActions } from './usePhoneActions.ts'
import type { Mode } from './usePhoneActions.ts'

const modes: readonly Mode[] = ['listen', 'whisper', 'barge']

/** A team leader's hand in somebody else's call; who hears whom is said in words. */
export function SuperviseControls({ card, call }: { card: ConversationCard; call: CallCard }) {
  const t = useT('desk')
  const { me } = useSession()
  const names = useNames()
  const { modal } = App.useApp()
  const { supervise, superviseOff, hangUp, busy } = usePhoneActions()
  const mode = supervising(call, me.id)?.mode
  const served = call.phase === 'talking'

  const askEnd = () =>
    modal.confirm({
      title: t('phone.supervise.endAsk'),
      content: t('phone.supervise.endHint', {
        name: card.agentId ? names.agent(card.agentId) : t('bot'),
      }),
      okText: t('phone.supervise.end'),
      okButtonProps: { danger: true },
      cancelText: t('cancel'),
      onOk: () => hangUp(card.id),
    })
  return (
    <div
      className={`callbar-row callbar-controls${mode ? ` callbar-supervise callbar-${mode}` : ''}`}
      role="group"
      aria-label={t('phone.supervise.label')}
    >
      {mode && (
        <p role="status">
          <EyeInvisibleOutlined aria-hidden /> <b>{t(`phone.supervise.told.${mode}`)}</b>
        </p>
      )}
      {served && (
        <Radio.Group
          optionType="button"
          aria-label={t('phone.supervise.label')}
          disabled={busy}
          value={mode ?? null}
          onChange={(event) => void supervise(card.id, event.target.value as Mode)}
          options={modes.map((one) => ({ value: one, label: t(`phone.supervise.${one}`) }))}
        />
      )}
      {mode && (
        <Button disabled={busy} onClick={() => void superviseOff(card.id)}>
          {t('phone.supervise.off')}
        </Button>
      )}
      <Button danger disabled={busy} onClick={askEnd}>
        {t('phone.supervise.end')}
      </Button>
    </div>
  )
}
