import type { z } from 'zod'
import type { knowledgeHitView } from '../../../gateway/knowledge/schema.ts'
import { useT } from '../i18n/index.ts'
import { Mark } from '../records/Mark.tsx'
import { OpenCell } from '../records/OpenCell.tsx'

interface Props {
  hit: z.infer<typeof knowledgeHitView>
  first: boolean
  approved: boolean
  onOpen: (() => void) | undefined
}

export function Hit({ hit, first, approved, onOpen }: Props) {
  const t = useT('knowledge')
  return (
    <li className={`hit ${first ? 'hit-first' : ''}`}>
      <div className="hit-head">
        {onOpen ? <OpenCell onOpen={onOpen}>{hit.question}</OpenCell> : <b>{hit.question}</b>}
        {first && <Mark tone="teal">{t('first')}</Mark>}
        {!approved && <Mark>{t('notApproved')}</Mark>}
        <span className="hit-score quiet">
          {t('score')} {hit.score.toFixed(2)}
        </span>
      </div>
      <p className="hit-answer">{hit.answer}</p>
    </li>
  )
}
