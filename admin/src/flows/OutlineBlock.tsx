import { useT } from '../i18n/index.ts'
import { Mark } from '../records/Mark.tsx'
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

export function OutlineBlock({ row }: { row: BlockRow }) {
  const t = useT('flows')
  const type = asString(row.block['type']) ?? ''
  const about = subjects.flatMap((field) => asString(row.block[field]) ?? [])
  if (row.missing)
    return (
      <>
        <Mark tone="red">{t('missing')}</Mark> <b>{row.id}</b>
      </>
    )
  return (
    <>
      <Mark tone="teal">{t(`type.${type}`, { defaultValue: type })}</Mark>
      <b>{asString(row.block['label']) ?? row.id}</b>
      {row.block['label'] !== undefined && <span className="quiet">{row.id}</span>}
      {about.length > 0 && <span className="quiet">{about.join(' · ')}</span>}
    </>
  )
}
