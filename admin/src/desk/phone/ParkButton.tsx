import { InboxOutlined } from '@ant-design/icons'
import { Button, Input, Modal } from 'antd'
import { useState } from 'react'
import type { ConversationCard } from '../../../../gateway/desk/protocol.ts'
import { useT } from '../../i18n/index.ts'
import { useSession } from '../../session/useSession.ts'
import { useDeskState } from '../useDesk.ts'
import { lastQueue } from './lastQueue.ts'
import { usePhoneActions } from './usePhoneActions.ts'

/** Back into its queue with a note, for whoever can go on with it; taking it back is `take`. */
export function ParkButton({ card }: { card: ConversationCard }) {
  const t = useT('desk')
  const { me } = useSession()
  const queueId = useDeskState(
    (state) => lastQueue(state.threads[card.id]?.messages ?? []) ?? state.queues[0]?.id,
  )
  const { park, busy } = usePhoneActions()
  const [asking, setAsking] = useState(false)
  const [note, setNote] = useState('')
  if (!queueId) return null
  const go = async () => {
    const by = t('phone.parkNote', { name: me.name })
    if (await park(card.id, queueId, [by, note.trim()].filter(Boolean).join(' — ')))
      setAsking(false)
  }
  return (
    <>
      <Button icon={<InboxOutlined aria-hidden />} disabled={busy} onClick={() => setAsking(true)}>
        {t('phone.park')}
      </Button>
      <Modal
        open={asking}
        title={t('phone.parkAsk')}
        okText={t('phone.park')}
        cancelText={t('cancel')}
        confirmLoading={busy}
        onOk={() => void go()}
        onCancel={() => setAsking(false)}
      >
        <p>{t('phone.parkHint')}</p>
        <Input.TextArea
          autoFocus
          rows={2}
          maxLength={400}
          aria-label={t('phone.parkNoteLabel')}
          placeholder={t('phone.parkNoteLabel')}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
      </Modal>
    </>
  )
}
