import type { ContactView } from '../../../gateway/contacts/schema.ts'
import { useT } from '../i18n/index.ts'
import { Time } from '../records/Time.tsx'
import { useOne } from '../records/useOne.ts'
import { useStaffNames } from '../records/useStaffNames.ts'

type Merge = ContactView['merges'][number]

export function MergeLine({ merge }: { merge: Merge }) {
  const t = useT('contacts')
  const { nameOf } = useStaffNames()
  const loser = useOne<ContactView>('/contacts', merge.loserId)
  const name = loser.data && loser.data.id === merge.loserId ? loser.data.name : undefined
  return (
    <div>
      {t('mergedFrom', { who: name || merge.loserId.slice(-8) })}{' '}
      <span className="quiet">
        <Time atMs={merge.atMs} /> · {nameOf(merge.by)}
      </span>
    </div>
  )
}
