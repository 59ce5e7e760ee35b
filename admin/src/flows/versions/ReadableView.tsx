import { Card } from 'antd'
import { useT } from '../../i18n/index.ts'
import { Mark } from '../../records/Mark.tsx'
import { useKinds } from '../canvas/useKinds.ts'
import { DiffSides } from './DiffSides.tsx'
import type { ReadableDiff } from './readable.ts'

export const tones = { added: 'green', removed: 'red', changed: 'amber' } as const

/** A difference told in the words of the forms, block by block. */
export function ReadableView({ diff }: { diff: ReadableDiff }) {
  const t = useT('flows')
  const kinds = useKinds()
  return (
    <section className="diff" aria-label={t('diff')}>
      {diff.document.length > 0 && (
        <Card size="small" title={t('document')}>
          {diff.document.map((line) => (
            <DiffSides key={line.what.join('/')} line={line} />
          ))}
        </Card>
      )}
      {diff.blocks.map(({ id, name, kind, type, lines }) => (
        <Card
          key={id}
          size="small"
          title={
            <>
              <Mark tone={tones[kind]}>{t(kind)}</Mark> {name}{' '}
              <span className="quiet">{kinds.name(type)}</span>
            </>
          }
        >
          {lines.map((line, at) => (
            <DiffSides key={at} line={line} />
          ))}
        </Card>
      ))}
    </section>
  )
}
