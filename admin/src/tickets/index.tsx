import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import type { TicketView } from '../../../gateway/tickets/schema.ts'
import { useT } from '../i18n/index.ts'
import { ItemTable } from '../records/ItemTable.tsx'
import { searchOf } from '../records/useAddressFilter.ts'
import { useNow } from '../records/useNow.ts'
import { useStaffNames } from '../records/useStaffNames.ts'
import { navigate, useRoute } from '../router.tsx'
import { useSession } from '../session/useSession.ts'
import { Page } from '../shell/Page.tsx'
import { ticketColumns } from './columns.tsx'
import { FilterBar } from './FilterBar.tsx'
import { NewTicket } from './NewTicket.tsx'
import { TicketDrawer } from './TicketDrawer.tsx'
import { useFilter } from './useFilter.ts'
import { useKinds } from './useKinds.ts'
import { useTickets } from './useTickets.ts'

export default function Tickets() {
  const t = useT('tickets')
  const words = useT('records')
  const { can } = useSession()
  const [filter, setFilter] = useFilter()
  const openId = useRoute().segments[1]
  const [creating, setCreating] = useState(false)
  const tickets = useTickets(filter)
  const kinds = useKinds()
  const staff = useStaffNames()
  const nowMs = useNow()
  const open = (ticket: TicketView) => navigate(`/tickets/${ticket.serial}${searchOf(filter)}`)
  const close = () => navigate(`/tickets${searchOf(filter)}`)

  return (
    <Page
      title={t('title')}
      hint={t('hint')}
      actions={
        can('manageTickets') && (
          <Button
            type="primary"
            icon={<PlusOutlined aria-hidden />}
            onClick={() => setCreating(true)}
          >
            {t('create')}
          </Button>
        )
      }
    >
      <FilterBar filter={filter} onChange={setFilter} />
      <ItemTable
        name={t('list')}
        items={tickets}
        width={1180}
        onOpen={open}
        empty={t(Object.keys(filter).length > 0 ? 'emptyFiltered' : 'empty')}
        columns={ticketColumns({
          t,
          nowMs,
          kindName: kinds.nameOf,
          staffName: staff.nameOf,
          onOpen: open,
        })}
        footer={
          tickets.hasNextPage && (
            <Button
              type="link"
              loading={tickets.isFetchingNextPage}
              onClick={() => void tickets.fetchNextPage()}
            >
              {words('more')}
            </Button>
          )
        }
      />
      {openId && <TicketDrawer key={openId} id={openId} onClose={close} />}
      {creating && (
        <NewTicket
          contactId={filter.contactId}
          onClose={() => setCreating(false)}
          onCreated={(ticket) => {
            setCreating(false)
            open(ticket)
          }}
        />
      )}
    </Page>
  )
}
