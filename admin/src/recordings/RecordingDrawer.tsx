import { Alert, Button, Drawer } from 'antd'
import { useState } from 'react'
import type { RecordingView } from '../../../gateway/recordings/schema.ts'
import { ConversationDrawer } from '../contacts/ConversationDrawer.tsx'
import { clock } from '../desk/duration.ts'
import { useT } from '../i18n/index.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { Load } from '../records/Load.tsx'
import { useOne } from '../records/useOne.ts'
import { useStaffNames } from '../records/useStaffNames.ts'
import { Link } from '../router.tsx'
import { useSession } from '../session/useSession.ts'
import { accessesOf } from './accessesOf.ts'
import { AccessLog } from './AccessLog.tsx'
import Player from './Player.tsx'
import { useAskAgain } from './useAskAgain.ts'

interface Props {
  id: string
  queueName(id: string): string
  onClose(): void
}

const MEGABYTE = 1024 * 1024

export function RecordingDrawer({ id, queueName, onClose }: Props) {
  const t = useT('recordings')
  const recording = useOne<RecordingView>('/recordings', id)
  return (
    <Drawer open size={640} title={t('recording')} onClose={onClose}>
      <Load of={recording}>{(found) => <Content recording={found} queueName={queueName} />}</Load>
    </Drawer>
  )
}

function Content({
  recording,
  queueName,
}: {
  recording: RecordingView
  queueName(id: string): string
}) {
  const t = useT('recordings')
  const format = useFormat()
  const staff = useStaffNames()
  const { can } = useSession()
  const [talk, showTalk] = useState(false)
  const { id, kind, state, number, contactId, contactName, agentIds, queueId, pauses } = recording
  const again = useAskAgain(accessesOf(id))
  const facts: [string, React.ReactNode][] = [
    ['startedAt', format.dateTime(recording.startedAtMs)],
    ['kind', t(`kinds.${kind}`)],
    ['number', number ?? t('browser')],
    ['contact', <Link to={`/contacts/${contactId}`}>{contactName ?? t('anonymous')}</Link>],
    ['agent', agentIds.map(staff.nameOf).join(', ') || '—'],
    ['queue', queueId ? queueName(queueId) : '—'],
    ['duration', clock(recording.durationMs)],
    ['size', t('megabytes', { size: (recording.bytes / MEGABYTE).toFixed(1) })],
  ]
  return (
    <>
      <div className="sound" onPlayCapture={again}>
        {state === 'stored' ? (
          <>
            <Player recordingId={id} durationMs={recording.durationMs} />
            <span className="quiet">
              {kind === 'call' && t('sides')}{' '}
              {pauses.length > 0 && t('pauses', { count: pauses.length })}
            </span>
          </>
        ) : (
          <Alert
            type="info"
            showIcon
            title={t(
              { recording: 'runningHint', broken: 'brokenHint', deleted: 'goneHint' }[state],
            )}
          />
        )}
      </div>
      <dl className="facts">
        {facts.map(([field, value]) => (
          <div key={field} className="facts-row">
            <dt>{t(field)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Button style={{ marginTop: 12 }} onClick={() => showTalk(true)}>
        {t('conversation')}
      </Button>
      {can('listenRecordings') && <AccessLog recordingId={id} />}
      {talk && <ConversationDrawer id={recording.conversationId} onClose={() => showTalk(false)} />}
    </>
  )
}
