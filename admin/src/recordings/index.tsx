import { Button } from 'antd'
import type { RecordingView } from '../../../gateway/recordings/schema.ts'
import type { QueueView } from '../../../gateway/routing/schema.ts'
import { useName, useT } from '../i18n/index.ts'
import { ItemTable } from '../records/ItemTable.tsx'
import { searchOf } from '../records/useAddressFilter.ts'
import { useItems } from '../records/useItems.ts'
import { useStaffNames } from '../records/useStaffNames.ts'
import { navigate, useRoute } from '../router.tsx'
import { useSession } from '../session/useSession.ts'
import { Page } from '../shell/Page.tsx'
import { askedFor } from './askedFor.ts'
import { recordingColumns } from './columns.tsx'
import { FilterBar } from './FilterBar.tsx'
import { RecordingDrawer } from './RecordingDrawer.tsx'
import { useFilter } from './useFilter.ts'
import { useRecordings } from './useRecordings.ts'
import './recordings.css'

export default function Recordings() {
  const t = useT('recordings')
  const words = useT('records')
  const name = useName()
  const { can } = useSession()
  const [filter, setFilter] = useFilter()
  const openId = useRoute().segments[1]
  const recordings = useRecordings(askedFor(filter))
  const queues = useItems<QueueView>('/queues')
  const staff = useStaffNames()
  const ofOthers = can('listenRecordings')
  const filtered = Object.keys(filter).length > 0
  const open = ({ id }: RecordingView) => navigate(`/recordings/${id}${searchOf(filter)}`)
  const queueName = (id: string) => name(queues.data?.find((queue) => queue.id === id)?.name) || id
  return (
    <Page title={t('title')} hint={t('hint')}>
      <FilterBar filter={filter} ofOthers={ofOthers} onChange={setFilter} />
      <ItemTable
        name={t('list')}
        items={recordings}
        width={1010}
        onOpen={open}
        empty={t(filtered ? 'emptyFiltered' : ofOthers ? 'empty' : 'emptyMine')}
        columns={recordingColumns({ t, staffName: staff.nameOf, queueName, onOpen: open })}
        footer={
          recordings.hasNextPage && (
            <Button
              type="link"
              loading={recordings.isFetchingNextPage}
              onClick={() => void recordings.fetchNextPage()}
            >
              {words('more')}
            </Button>
          )
        }
      />
      {openId && (
        <RecordingDrawer
          key={openId}
          id={openId}
          queueName={queueName}
          onClose={() => navigate(`/recordings${searchOf(filter)}`)}
        />
      )}
    </Page>
  )
}
