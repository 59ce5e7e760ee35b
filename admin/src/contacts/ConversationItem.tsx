import type { TimelineItem } from '../../../gateway/contacts/schema.ts'
import { displayPhone } from '../../../gateway/domain/phone-number.ts'
import { clock } from '../desk/duration.ts'
import { RecordingLine } from '../desk/thread/RecordingLine.tsx'
import { useT } from '../i18n/index.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { Mark } from '../records/Mark.tsx'
import { OpenCell } from '../records/OpenCell.tsx'
import { useLabels } from '../records/useLabels.ts'

interface Props {
  item: Extract<TimelineItem, { type: 'conversation' }>
  onOpen(): void
}

/** A conversation as one line of the timeline: where, how it stands, its last words, its calls. */
export function ConversationItem({ item, onOpen }: Props) {
  const t = useT('contacts')
  const labels = useLabels()
  const { dateTime } = useFormat()
  const channels = item.channels.map(labels.channel).join(' + ')
  return (
    <>
      <OpenCell onOpen={onOpen}>
        <span aria-hidden>{channels}</span>
        <span className="seen-by-readers">
          {t('readConversation', { channel: channels, at: dateTime(item.atMs) })}
        </span>
      </OpenCell>{' '}
      <Mark>{t(`states.${item.state}`)}</Mark>{' '}
      <span className="quiet">
        {t('timeline.messages', { count: item.messages })}
        {item.agentName && ` · ${item.agentName}`}
      </span>
      {item.lines.map((line, index) => (
        <div key={index} className="past-words">
          <span className="quiet">{t(`author.${line.from}`)}: </span>
          {line.text}
        </div>
      ))}
      {item.calls.map((call) => (
        <div key={call.legId} className="quiet">
          {t(`timeline.call.${call.direction}`)}
          {call.number && ` ${displayPhone(call.number)}`}
          {call.durationMs !== undefined && ` · ${clock(call.durationMs)}`}
        </div>
      ))}
      {item.recordings.map(({ id, durationMs }) => (
        <RecordingLine key={id} recordingId={id} durationMs={durationMs} voicemail={false} />
      ))}
    </>
  )
}
