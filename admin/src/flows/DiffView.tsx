import { Card, Checkbox, Empty, Segmented } from 'antd'
import { useMemo, useState } from 'react'
import { useT } from '../i18n/index.ts'
import { Mark } from '../records/Mark.tsx'
import { diffFlows } from './diff.ts'
import { DiffLines } from './DiffLines.tsx'
import type { Doc } from './doc.ts'
import { forCallers, readableDiff } from './versions/readable.ts'
import { ReadableView, tones } from './versions/ReadableView.tsx'
import { useDiffWords } from './versions/useDiffWords.ts'

/** A difference in the words of the forms; as JSON on demand. */
export function DiffView({ older, newer }: { older: Doc; newer: Doc }) {
  const t = useT('flows')
  const own = useT('flows/versions')
  const words = useDiffWords()
  const [as, show] = useState<'words' | 'json'>('words')
  const [heard, onlyHeard] = useState(false)
  const diff = useMemo(() => readableDiff(older, newer, words), [older, newer, words])
  const shown = useMemo(() => (heard ? forCallers(diff) : diff), [diff, heard])
  const isEmpty = ({ document, blocks }: typeof diff) => document.length + blocks.length === 0
  if (isEmpty(diff))
    return (
      <Empty
        image={Empty.PRESENTED_IMAGE_SIMPLE}
        description={`${t('same')} · ${own('movedOnly')}`}
      />
    )
  const count = (kind: string) => diff.blocks.filter((block) => block.kind === kind).length
  const [added, changed, removed] = [count('added'), count('changed'), count('removed')]
  return (
    <>
      <div className="bar">
        <Segmented
          value={as}
          onChange={show}
          options={(['words', 'json'] as const).map((value) => ({ value, label: own(value) }))}
        />
        {as === 'words' && (
          <Checkbox checked={heard} onChange={(event) => onlyHeard(event.target.checked)}>
            {own('callersOnly')}
          </Checkbox>
        )}
        <span className="quiet">{own('counts', { added, changed, removed })}</span>
      </div>
      {as === 'json' ? (
        <JsonDiff older={older} newer={newer} />
      ) : isEmpty(shown) ? (
        <p>{own('nothingForCallers')}</p>
      ) : (
        <ReadableView diff={shown} />
      )}
    </>
  )
}

function JsonDiff({ older, newer }: { older: Doc; newer: Doc }) {
  const t = useT('flows')
  const diff = useMemo(() => diffFlows(older, newer), [older, newer])
  return (
    <section className="diff" aria-label={t('diff')}>
      {diff.document.length > 0 && (
        <Card size="small" title={t('document')}>
          <DiffLines changes={diff.document} />
        </Card>
      )}
      {diff.blocks.map(([id, { kind, changes }]) => (
        <Card
          key={id}
          size="small"
          title={
            <>
              <Mark tone={tones[kind]}>{t(kind)}</Mark> {id}
            </>
          }
        >
          <DiffLines changes={changes} />
        </Card>
      ))}
    </section>
  )
}
