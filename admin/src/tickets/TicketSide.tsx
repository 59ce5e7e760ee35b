import { Button, Form, Select } from 'antd'
import { useState } from 'react'
import type { TicketView } from '../../../gateway/tickets/schema.ts'
import { ConversationDrawer } from '../contacts/ConversationDrawer.tsx'
import { useT } from '../i18n/index.ts'
import { Time } from '../records/Time.tsx'
import { useLabels } from '../records/useLabels.ts'
import { useNow } from '../records/useNow.ts'
import { useStaffNames } from '../records/useStaffNames.ts'
import { Link } from '../router.tsx'
import { useSession } from '../session/useSession.ts'
import { DepartmentSelect } from './DepartmentSelect.tsx'
import { Due } from './Due.tsx'
import { nextStatuses } from './next.ts'
import { useKinds } from './useKinds.ts'

/** How the ticket stands and who has it. */
export function TicketSide({ ticket, readOnly }: { ticket: TicketView; readOnly: boolean }) {
  const t = useT('tickets')
  const { me } = useSession()
  const labels = useLabels()
  const { nameOf } = useKinds()
  const staff = useStaffNames()
  const form = Form.useFormInstance()
  const nowMs = useNow()
  const [conversationId, openConversation] = useState<string>()
  const assigneeId: unknown = Form.useWatch('assigneeId')
  const options = staff.options.some((option) => option.value === ticket.assigneeId)
    ? staff.options
    : [
        ...staff.options,
        ...(ticket.assigneeId
          ? [{ value: ticket.assigneeId, label: staff.nameOf(ticket.assigneeId) }]
          : []),
      ]
  return (
    <aside className="ticket-side" aria-label={t('handle')}>
      <Form.Item name="status" label={t('status')}>
        <Select
          options={[
            { value: ticket.status, label: `${t(`statuses.${ticket.status}`)} ${t('now')}` },
            ...nextStatuses(ticket.status).map((value) => ({
              value,
              label: t(`statuses.${value}`),
            })),
          ]}
        />
      </Form.Item>
      <Form.Item name="department" label={t('department')}>
        <DepartmentSelect />
      </Form.Item>
      <Form.Item
        name="assigneeId"
        label={t('assignee')}
        normalize={(id?: string) => id ?? null}
        extra={
          !readOnly &&
          assigneeId !== me.id && (
            <Button
              type="link"
              size="small"
              style={{ padding: 0 }}
              onClick={() => form.setFieldValue('assigneeId', me.id)}
            >
              {t('toMe')}
            </Button>
          )
        }
      >
        <Select
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={t('noAssignee')}
          options={options}
        />
      </Form.Item>
      <dl className="facts">
        <dt>{t('due')}</dt>
        <dd>
          <Due ticket={ticket} nowMs={nowMs} />
        </dd>
        <dt>{t('kind')}</dt>
        <dd>{nameOf(ticket.kind)}</dd>
        <dt>{t('contact')}</dt>
        <dd>
          <Link to={`/contacts/${ticket.contactId}`}>{ticket.contactName || t('anonymous')}</Link>
        </dd>
        <dt>{t('channel')}</dt>
        <dd>{labels.channel(ticket.channel)}</dd>
        <dt>{t('created')}</dt>
        <dd>
          <Time atMs={ticket.createdAtMs} />
        </dd>
        <dt>{t('updated')}</dt>
        <dd>
          <Time atMs={ticket.updatedAtMs} />
        </dd>
      </dl>
      {ticket.conversationId && (
        <Button
          style={{ marginTop: 12 }}
          disabled={false}
          onClick={() => openConversation(ticket.conversationId)}
        >
          {t('conversation')}
        </Button>
      )}
      {conversationId && (
        <ConversationDrawer id={conversationId} onClose={() => openConversation(undefined)} />
      )}
    </aside>
  )
}
