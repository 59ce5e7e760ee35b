import type { TableColumnsType } from 'antd'
import type { TFunction } from 'i18next'
import type { RecordingView } from '../../../gateway/recordings/schema.ts'
import { clock } from '../desk/duration.ts'
import { Mark } from '../records/Mark.tsx'
import { OpenCell } from '../records/OpenCell.tsx'
import { Time } from '../records/Time.tsx'
import { stateTones } from './stateTones.ts'

interface Needs {
  t: TFunction
  staffName(id: string): string
  queueName(id: string): string
  onOpen(recording: RecordingView): void
}

export function recordingColumns(needs: Needs): TableColumnsType<RecordingView> {
  const { t, staffName, queueName, onOpen } = needs
  return [
    {
      title: t('startedAt'),
      dataIndex: 'startedAtMs',
      width: 160,
      render: (atMs: number, recording) => (
        <OpenCell onOpen={() => onOpen(recording)}>
          <Time atMs={atMs} />
        </OpenCell>
      ),
    },
    {
      title: t('number'),
      dataIndex: 'number',
      width: 160,
      render: (number?: string) => number ?? <span className="quiet">{t('browser')}</span>,
    },
    {
      title: t('contact'),
      dataIndex: 'contactName',
      width: 130,
      ellipsis: true,
      render: (name?: string) => name ?? <span className="quiet">{t('anonymous')}</span>,
    },
    {
      title: t('agent'),
      dataIndex: 'agentIds',
      width: 160,
      ellipsis: true,
      render: (ids: string[]) => ids.map(staffName).join(', ') || '—',
    },
    {
      title: t('queue'),
      dataIndex: 'queueId',
      width: 140,
      ellipsis: true,
      render: (id?: string) => (id ? queueName(id) : '—'),
    },
    {
      title: t('duration'),
      dataIndex: 'durationMs',
      width: 90,
      align: 'right',
      render: (ms: number) => clock(ms),
    },
    {
      title: t('state'),
      width: 170,
      render: (_, { kind, state }) => (
        <>
          {kind === 'voicemail' && <Mark tone="blue">{t('kinds.voicemail')}</Mark>}
          {state !== 'stored' && <Mark tone={stateTones[state]}>{t(`states.${state}`)}</Mark>}
        </>
      ),
    },
  ]
}
