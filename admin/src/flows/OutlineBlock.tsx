import { kindOf } from '../../../bots/flow/describe.ts'
import { useT } from '../i18n/index.ts'
import { Mark } from '../records/Mark.tsx'
import { KindIcon } from './canvas/KindIcon.tsx'
import { useKinds } from './canvas/useKinds.ts'
import { asString } from './doc.ts'
import type { Row } from './outline.ts'

type BlockRow = Extract<Row, { kind: 'block' }>

/** what a block works with, by its own field names */
const subjects = [
  'queue',
  'schedule',
  'source',
  'flow',
  'dialog',
  'knowledgeBase',
  'classifier',
  'survey',
  'op',
  'kind',
  'set',
  'name',
  'reason',
] as const

export function OutlineBlock({ row, name }: { row: BlockRow; name: string }) {
  const t = useT('flows')
  const kinds = useKinds()
  const kind = kinds.name(kindOf(row.block) ?? '')
  const about = subjects.flatMap((field) => asString(row.block[field]) ?? [])
  if (row.missing)
    return (
      <>
        <Mark tone="red">{t('missing')}</Mark> <b>{row.id}</b>
      </>
    )
  return (
    <>
      <KindIcon type={kindOf(row.block) ?? ''} />
      <b title={row.id}>{name}</b>
      {!name.startsWith(kind) && <span className="quiet">{kind}</span>}
      {about.length > 0 && <span className="quiet">{about.join(' · ')}</span>}
    </>
  )
}
