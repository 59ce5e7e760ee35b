import { EyeInvisibleOutlined, SendOutlined } from '@ant-design/icons'
import type { TicketView } from '../../../gateway/tickets/schema.ts'
import { useT } from '../i18n/index.ts'
import { Time } from '../records/Time.tsx'
import { StatusTag } from './StatusTag.tsx'
import { timeline } from './timeline.ts'

/** What happened to a ticket, newest first; words for the tourist and for staff look different. */
export function Story({ log }: { log: TicketView['log'] }) {
  const t = useT('tickets')
  const lines = timeline(log)
  if (lines.length === 0) return <p className="quiet">{t('noStory')}</p>
  return (
    <ol className="story">
      {lines.map((line) => (
        <li key={line.key} className="story-line">
          <div className="story-head">
            <b>{line.by.name || t(`by.${line.by.kind}`, { defaultValue: line.by.kind })}</b>
            {line.kind === 'status' && line.status && (
              <>
                {t('became')} <StatusTag status={line.status} />
              </>
            )}
            {line.kind === 'reply' && (
              <>
                <SendOutlined aria-hidden /> {t('replied')}
              </>
            )}
            {line.kind === 'note' && (
              <>
                <EyeInvisibleOutlined aria-hidden /> {t('noted')}
              </>
            )}
            <span className="quiet">
              <Time atMs={line.atMs} />
            </span>
          </div>
          {line.text && <div className={`story-words story-${line.kind}`}>{line.text}</div>}
        </li>
      ))}
    </ol>
  )
}
