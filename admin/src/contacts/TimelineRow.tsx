import {
  AudioOutlined,
  FileTextOutlined,
  MergeCellsOutlined,
  SafetyCertificateOutlined,
} from '@ant-design/icons'
import type { ReactNode } from 'react'
import type { TimelineItem } from '../../../gateway/contacts/schema.ts'
import { displayPhone } from '../../../gateway/domain/phone-number.ts'
import type { TicketStatus } from '../../../gateway/domain/ticket.ts'
import { ChannelIcon } from '../desk/ChannelIcon.tsx'
import { RecordingLine } from '../desk/thread/RecordingLine.tsx'
import { useT } from '../i18n/index.ts'
import { Mark } from '../records/Mark.tsx'
import { Time } from '../records/Time.tsx'
import { Link } from '../router.tsx'
import { StatusTag } from '../tickets/StatusTag.tsx'
import { ConversationItem } from './ConversationItem.tsx'

interface Props {
  item: TimelineItem
  /** reads the conversation */
  onOpen(conversationId: string): void
}

export function TimelineRow({ item, onOpen }: Props) {
  const { icons, body } = useParts(item, onOpen)
  return (
    <li className={`timeline-row timeline-${item.type}`}>
      <span className="timeline-icons">{icons}</span>
      <div className="timeline-body">{body}</div>
      <span className="quiet">
        <Time atMs={item.atMs} />
      </span>
    </li>
  )
}

function useParts(
  item: TimelineItem,
  onOpen: Props['onOpen'],
): { icons: ReactNode; body: ReactNode } {
  const t = useT('contacts')
  switch (item.type) {
    case 'conversation':
      return {
        icons: item.channels.map((channel) => <ChannelIcon key={channel} channel={channel} />),
        body: <ConversationItem item={item} onOpen={() => onOpen(item.id)} />,
      }
    case 'ticket':
      return {
        icons: <FileTextOutlined aria-label={t('timeline.types.ticket')} />,
        body: (
          <>
            <Link to={`/tickets/${item.serial}`}>{item.serial}</Link>{' '}
            <StatusTag status={item.status as TicketStatus} />
            <div className="past-words">{item.title}</div>
          </>
        ),
      }
    case 'voicemail':
      return {
        icons: <AudioOutlined aria-label={t('timeline.types.voicemail')} />,
        body: (
          <>
            {t(item.recordingId ? 'timeline.voicemail' : 'timeline.leftInWriting', {
              seconds: Math.round(item.seconds),
            })}
            {item.transcript && <div className="past-words">{item.transcript}</div>}
            {item.recordingId && (
              <RecordingLine recordingId={item.id} durationMs={item.seconds * 1000} voicemail />
            )}
          </>
        ),
      }
    case 'merge':
      return {
        icons: <MergeCellsOutlined aria-label={t('timeline.types.merge')} />,
        body: (
          <>
            {t(item.isLoser ? 'timeline.wasMerged' : 'mergedFrom', {
              who: item.otherName ?? item.otherId.slice(-8),
            })}{' '}
            <span className="quiet">
              {t(`rules.${item.rule}`, { defaultValue: item.rule })}
              {item.byName && ` · ${item.byName}`}
            </span>{' '}
            {item.undoneAtMs !== undefined && (
              <Mark tone="amber">
                {t('timeline.parted')} <Time atMs={item.undoneAtMs} />
              </Mark>
            )}
          </>
        ),
      }
    case 'identity': {
      const what = {
        kind: t(`identityKinds.${item.kind}`, { defaultValue: item.kind }),
        value: item.kind === 'phone' ? displayPhone(item.value) : item.value,
        who: item.otherName ?? item.otherId?.slice(-8) ?? '',
      }
      return {
        icons: <SafetyCertificateOutlined aria-label={t('timeline.types.identity')} />,
        body: (
          <>
            {t(item.isTaken ? 'timeline.takenBy' : `timeline.provenBy.${item.how}`, what)}{' '}
            <span className="quiet">
              {!item.isTaken && item.otherId && t('timeline.takenFrom', what)}
              {item.byName && ` · ${item.byName}`}
            </span>
          </>
        ),
      }
    }
  }
}
