import { Button } from 'antd'
import type { VoicemailView } from '../../../gateway/voicemail/schema.ts'
import { useName, useT } from '../i18n/index.ts'
import { ItemTable } from '../records/ItemTable.tsx'
import { searchOf } from '../records/useAddressFilter.ts'
import { useStaffNames } from '../records/useStaffNames.ts'
import { navigate, useRoute } from '../router.tsx'
import { useSession } from '../session/useSession.ts'
import { Page } from '../shell/Page.tsx'
import { voicemailColumns } from './columns.tsx'
import { MailboxBar } from './MailboxBar.tsx'
import { useFilter } from './useFilter.ts'
import { useSummary } from './useSummary.ts'
import { useVoicemails } from './useVoicemails.ts'
import { VoicemailDrawer } from './VoicemailDrawer.tsx'
import './voicemail.css'

const empty = { open: 'empty', new: 'emptyNew', done: 'emptyDone' }

export default function Voicemail() {
  const t = useT('voicemail')
  const words = useT('records')
  const name = useName()
  const { me } = useSession()
  const staff = useStaffNames()
  const summary = useSummary()
  const [filter, setFilter, asked] = useFilter()
  const openId = useRoute().segments[1]
  const { view, mailbox, mine } = filter
  const voicemails = useVoicemails({
    state: view,
    mailbox,
    ...(mine && { assignedTo: me.id }),
  })
  const open = ({ id }: VoicemailView) => navigate(`/voicemail/${id}${searchOf(asked)}`)
  const mailboxName = (id: string) =>
    name(summary.data?.mailboxes.find((each) => each.id === id)?.name) || id
  return (
    <Page title={t('title')} hint={t('hint')}>
      <MailboxBar filter={filter} summary={summary.data} onChange={setFilter} />
      <ItemTable
        name={t('list')}
        items={voicemails}
        width={860}
        onOpen={open}
        empty={t(empty[view])}
        columns={voicemailColumns({ t, staffName: staff.nameOf, mailboxName, onOpen: open })}
        footer={
          voicemails.hasNextPage && (
            <Button
              type="link"
              loading={voicemails.isFetchingNextPage}
              onClick={() => void voicemails.fetchNextPage()}
            >
              {words('more')}
            </Button>
          )
        }
      />
      {openId && (
        <VoicemailDrawer
          key={openId}
          id={openId}
          mailboxName={mailboxName}
          onClose={() => navigate(`/voicemail${searchOf(asked)}`)}
        />
      )}
    </Page>
  )
}
