import type { ReactNode } from 'react'
import type { VoicemailView } from '../../../gateway/voicemail/schema.ts'
import { useT } from '../i18n/index.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { Mark } from '../records/Mark.tsx'
import { Link } from '../router.tsx'
import { stateTones } from './stateTones.ts'

interface Props {
  voicemail: VoicemailView
  mailboxName(id: string): string
}

export function VoicemailFacts({ voicemail, mailboxName }: Props) {
  const t = useT('voicemail')
  const format = useFormat()
  const { state, number, contactId, contactName, mailbox, leftAtMs, transcript } = voicemail
  const facts: [string, ReactNode][] = [
    ['transcript', transcript ?? <span className="quiet">{t('noTranscript')}</span>],
    ['caller', number ?? t('withheld')],
    ['contact', <Link to={`/contacts/${contactId}`}>{contactName ?? t('anonymous')}</Link>],
    ['leftAt', format.dateTime(leftAtMs)],
    ['mailbox', mailboxName(mailbox)],
    ['state', <Mark tone={stateTones[state]}>{t(`states.${state}`)}</Mark>],
  ]
  return (
    <dl className="facts">
      {facts.map(([field, value]) => (
        <div key={field} className="voicemail-fact">
          <dt>{t(field)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
