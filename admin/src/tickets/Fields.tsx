import type { TicketView } from '../../../gateway/tickets/schema.ts'
import { useT } from '../i18n/index.ts'
import { useKinds } from './useKinds.ts'

/** What was taken down, in the order of the kind's fields. */
export function Fields({ ticket }: { ticket: TicketView }) {
  const t = useT('tickets')
  const { find, fieldName } = useKinds()
  const order = find(ticket.kind)?.fields.map((field) => field.id) ?? []
  const ids = [...new Set([...order, ...Object.keys(ticket.fields)])].filter(
    (id) => ticket.fields[id] !== undefined && ticket.fields[id] !== '',
  )
  return (
    <section className="part">
      <h3>{t('fields')}</h3>
      {ids.length === 0 ? (
        <p className="quiet">{t('noFields')}</p>
      ) : (
        <dl className="facts">
          {ids.map((id) => (
            <div key={id} style={{ display: 'contents' }}>
              <dt>{fieldName(ticket.kind, id)}</dt>
              <dd>{written(ticket.fields[id])}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  )
}

const written = (value: unknown): string =>
  typeof value === 'object' ? JSON.stringify(value) : String(value)
