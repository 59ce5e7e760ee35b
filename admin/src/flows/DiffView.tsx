import { Card, Empty } from 'antd'
import { useMemo } from 'react'
import { useT } from '../i18n/index.ts'
import { Mark } from '../records/Mark.tsx'
import { diffFlows } from './diff.ts'
import { DiffLines } from './DiffLines.tsx'
import { asObject, asString } from './doc.ts'
import type { Doc } from './doc.ts'

const tones = { added: 'green', removed: 'red', changed: 'amber' } as const

export function DiffView({ older, newer }: { older: Doc; newer: Doc }) {
  const t = useT('flows')
  const diff = useMemo(() => diffFlows(older, newer), [older, newer])
  if (diff.document.length === 0 && diff.blocks.length === 0)
    return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('same')} />
  const blockIn = (doc: Doc, id: string) => asObject(asObject(doc['blocks'])[id])
  return (
    <section className="diff" aria-label={t('diff')}>
      {diff.document.length > 0 && (
        <Card size="small" title={t('document')}>
          <DiffLines changes={diff.document} />
        </Card>
      )}
      {diff.blocks.map(([id, { kind, changes }]) => {
        const type = asString(blockIn(kind === 'removed' ? older : newer, id)['type']) ?? ''
        return (
          <Card
            key={id}
            size="small"
            title={
              <>
                <Mark tone={tones[kind]}>{t(kind)}</Mark> {id}{' '}
                <span className="quiet">{t(`type.${type}`, { defaultValue: type })}</span>
              </>
            }
          >
            <DiffLines changes={changes} />
          </Card>
        )
      })}
    </section>
  )
}
