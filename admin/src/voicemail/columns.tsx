import type { TableColumnsType } from 'antd'
import type { TFunction } from 'i18next'
import type { VoicemailView } from '../../../gateway/voicemail/schema.ts'
import { clock } from '../desk/duration.ts'
import { Mark } from '../records/Mark.tsx'
import { OpenCell } from '../records/OpenCell.tsx'
import { Time } from '../records/Time.tsx'
import { stateTones } from './stateTones.ts'

interface Needs {
  t: TFunction
  staffName(id: string): string
  mailboxName(id: string): string
  onOpen(voicemail: VoicemailView): void
}

export function voicemailColumns(needs: Needs): TableColumnsType<VoicemailView> {
  const { t, staffName, mailboxName, onOpen } = needs
  return [
    {
      title: t('caller'),
      width: 210,
      render: (_, voicemail) => (
        <OpenCell onOpen={() => onOpen(voicemail)}>
          {voicemail.number ?? t('withheld')}
          {voicemail.contactName && ` · ${voicemail.contactName}`}
        </OpenCell>
      ),
    },
    {
      title: t('leftAt'),
      dataIndex: 'leftAtMs',
      width: 150,
      render: (atMs: number) => <Time atMs={atMs} />,
    },
    {
      title: t('seconds'),
      dataIndex: 'seconds',
      width: 80,
      align: 'right',
      // left in writing: nothing to hear
      render: (seconds: number) => (seconds ? clock(seconds * 1000) : '–'),
    },
    { title: t('transcript'), dataIndex: 'transcript', ellipsis: true },
    { title: t('mailbox'), dataIndex: 'mailbox', width: 130, ellipsis: true, render: mailboxName },
    {
      title: t('state'),
      dataIndex: 'state',
      width: 100,
      render: (state: VoicemailView['state']) => (
        <Mark tone={stateTones[state]}>{t(`states.${state}`)}</Mark>
      ),
    },
    {
      title: t('assignedTo'),
      dataIndex: 'assignedTo',
      width: 120,
      ellipsis: true,
      render: (id?: string) => (id ? staffName(id) : <span className="quiet">{t('nobody')}</span>),
    },
  ]
}
