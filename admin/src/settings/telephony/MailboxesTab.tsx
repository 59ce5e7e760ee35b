import type { QueueView } from '../../../../gateway/routing/schema.ts'
import type { StaffView } from '../../../../gateway/staff/schema.ts'
import type { MailboxView } from '../../../../gateway/voicemail/schema.ts'
import { useName, useT } from '../../i18n/index.ts'
import { useItems } from '../../records/useItems.ts'
import { useSession } from '../../session/useSession.ts'
import { ListTab } from '../ListTab.tsx'
import { MailboxDrawer } from './MailboxDrawer.tsx'

export function MailboxesTab() {
  const t = useT('settings')
  const words = useT('records')
  const name = useName()
  const { can } = useSession()
  const queues = useItems<QueueView>('/queues')
  const staff = useItems<StaffView>('/staff', {}, { enabled: can('manageStaff') })
  const queueName = (id: string) => name(queues.data?.find((queue) => queue.id === id)?.name) || id
  const memberName = (id: string) =>
    staff.data?.find((member) => member.id === id)?.displayName ?? id
  return (
    <ListTab<MailboxView>
      path="/mailboxes"
      name={t('telephony.tabs.mailboxes')}
      hint={t('telephony.mailboxes.hint')}
      empty={t('telephony.mailboxes.empty')}
      titleOf={(mailbox) => name(mailbox.name)}
      drawer={(mailbox, close) => (
        <MailboxDrawer
          mailbox={mailbox}
          queues={queues.data ?? []}
          members={staff.data}
          onClose={close}
        />
      )}
      columns={[
        { title: words('id'), dataIndex: 'id', width: 160 },
        {
          title: t('telephony.mailboxes.queueIds'),
          render: (_, { queueIds, memberIds }) =>
            [...queueIds.map(queueName), ...memberIds.map(memberName)].join(', ') ||
            t('telephony.mailboxes.all'),
        },
      ]}
    />
  )
}
