import type { TicketView } from '../../../gateway/tickets/schema.ts'
import { useT } from '../i18n/index.ts'
import { Load } from '../records/Load.tsx'
import { useItems } from '../records/useItems.ts'
import { useNow } from '../records/useNow.ts'
import { Link } from '../router.tsx'
import { Due } from '../tickets/Due.tsx'
import { StatusTag } from '../tickets/StatusTag.tsx'

const SHOWN = 20

export function PastTickets({ contactId }: { contactId: string }) {
  const t = useT('contacts')
  const nowMs = useNow()
  const tickets = useItems<TicketView>('/tickets', { contactId, limit: SHOWN })
  return (
    <Load of={tickets}>
      {(list) => (
        <>
          {list.length === 0 && <p className="quiet">{t('noTickets')}</p>}
          <ol className="past">
            {list.map((ticket) => (
              <li key={ticket.id} className="past-line">
                <Link to={`/tickets/${ticket.serial}`}>{ticket.serial}</Link>
                <span className="past-words">{ticket.title}</span>
                <span>
                  <StatusTag status={ticket.status} /> <Due ticket={ticket} nowMs={nowMs} />
                </span>
              </li>
            ))}
          </ol>
          {list.length === SHOWN && (
            <Link to={`/tickets?contactId=${contactId}`}>{t('allTickets')}</Link>
          )}
        </>
      )}
    </Load>
  )
}
