import type { TableColumnsType } from 'antd'
import type { TFunction } from 'i18next'
import type { TicketView } from '../../../gateway/tickets/schema.ts'
import { OpenCell } from '../records/OpenCell.tsx'
import { Time } from '../records/Time.tsx'
import { Due } from './Due.tsx'
import { StatusTag } from './StatusTag.tsx'

interface Needs {
  t: TFunction
  nowMs: number
  kindName(id: string): string
  staffName(id: string): string
  onOpen(ticket: TicketView): void
}

export function ticketColumns(needs: Needs): TableColumnsType<TicketView> {
  const { t, nowMs, kindName, staffName, onOpen } = needs
  return [
    {
      title: t('serial'),
      dataIndex: 'serial',
      width: 170,
      render: (serial: string, ticket) => (
        <OpenCell onOpen={() => onOpen(ticket)}>{serial}</OpenCell>
      ),
    },
    { title: t('titleField'), dataIndex: 'title', ellipsis: true, width: 260 },
    { title: t('kind'), dataIndex: 'kind', width: 120, render: kindName },
    {
      title: t('status'),
      dataIndex: 'status',
      width: 110,
      render: (status: TicketView['status']) => <StatusTag status={status} />,
    },
    {
      title: t('contact'),
      dataIndex: 'contactName',
      width: 130,
      ellipsis: true,
      render: (name?: string) => name || <span className="quiet">{t('anonymous')}</span>,
    },
    {
      title: t('assignee'),
      width: 160,
      ellipsis: true,
      render: (_, { department, assigneeId }) =>
        [department, assigneeId && staffName(assigneeId)].filter(Boolean).join(' · ') || (
          <span className="quiet">{t('noAssignee')}</span>
        ),
    },
    { title: t('due'), width: 140, render: (_, ticket) => <Due ticket={ticket} nowMs={nowMs} /> },
    {
      title: t('updated'),
      dataIndex: 'updatedAtMs',
      width: 150,
      render: (atMs: number) => <Time atMs={atMs} />,
    },
  ]
}
