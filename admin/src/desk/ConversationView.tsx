import { Alert, Button } from 'antd'
import type { ConversationCard } from '../../../gateway/desk/protocol.ts'
import { useT } from '../i18n/index.ts'
import { useSession } from '../session/useSession.ts'
import { navigate } from '../router.tsx'
import { ActionBar } from './actions/ActionBar.tsx'
import { Dialogs } from './actions/Dialogs.tsx'
import { WrapUpPanel } from './actions/WrapUpPanel.tsx'
import { Composer } from './composer/Composer.tsx'
import { ConversationHead } from './ConversationHead.tsx'
import { sectionOf } from './inbox/sections.ts'
import { CallBar } from './phone/CallBar.tsx'
import { Thread } from './thread/Thread.tsx'
import { useDeskState } from './useDesk.ts'
import { writtenChannel } from './writtenChannel.ts'

const none: never[] = []

interface Props {
  card: ConversationCard
  /** out of sight since it was opened; the thread is all that remains */
  gone: 'closed' | 'elsewhere' | undefined
  onDetails(): void
}

/** The conversation on screen: who, what can be done, what was said, what to answer. */
export function ConversationView({ card, gone, onDetails }: Props) {
  const t = useT('desk')
  const { me } = useSession()
  const lost = useDeskState((state) => state.link !== 'online')
  const section = sectionOf(card, me.id)
  const reads = useDeskState(
    (state) => writtenChannel(card, state.threads[card.id]?.messages ?? none) !== undefined,
  )
  return (
    <section className="conversation" aria-label={t('thread.label')}>
      <ConversationHead card={card} onDetails={onDetails}>
        {!gone && <ActionBar card={card} section={section} />}
      </ConversationHead>
      {lost && <Alert banner type="warning" showIcon title={t('lostBanner')} />}
      {gone && (
        <Alert
          banner
          type="info"
          showIcon
          title={t(`departed.${gone === 'elsewhere' && card.state === 'bot' ? 'bot' : gone}`)}
          action={
            <Button size="small" onClick={() => navigate('/desk')}>
              {t('departed.back')}
            </Button>
          }
        />
      )}
      {!gone && <CallBar card={card} section={section} />}
      <Thread card={card} />
      {!gone && card.wrapUp?.agentId === me.id && <WrapUpPanel card={card} />}
      {!gone && <Composer card={card} mayReply={section === 'mine' && reads} voice={!reads} />}
      <Dialogs card={card} />
    </section>
  )
}
