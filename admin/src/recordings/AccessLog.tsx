import type { RecordingAccessView } from '../../../gateway/recordings/schema.ts'
import { useT } from '../i18n/index.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { ItemTable } from '../records/ItemTable.tsx'
import { useItems } from '../records/useItems.ts'
import { accessesOf } from './accessesOf.ts'

/** Who listened, and when: for team leaders and administrators. */
export function AccessLog({ recordingId }: { recordingId: string }) {
  const t = useT('recordings')
  const format = useFormat()
  const accesses = useItems<RecordingAccessView>(accessesOf(recordingId))
  return (
    <section className="part">
      <h3>{t('access')}</h3>
      <p className="quiet">{t('accessHint')}</p>
      <ItemTable
        name={t('access')}
        items={accesses}
        empty={t('noAccess')}
        columns={[
          { title: t('when'), dataIndex: 'atMs', render: (atMs: number) => format.dateTime(atMs) },
          { title: t('who'), dataIndex: 'name' },
          { title: t('what'), dataIndex: 'what', render: (what: string) => t(`whats.${what}`) },
          { title: t('address'), dataIndex: 'from' },
        ]}
      />
    </section>
  )
}
