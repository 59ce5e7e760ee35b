import { Skeleton } from 'antd'
import { useMemo } from 'react'
import { useT } from '../../i18n/index.ts'
import { blocksOf } from '../doc.ts'
import type { Doc } from '../doc.ts'
import { useVersionDoc } from '../useVersions.ts'
import { forCallers, readableDiff } from './readable.ts'
import { ReadableView } from './ReadableView.tsx'
import { useDiffWords } from './useDiffWords.ts'

interface Props {
  flowId: string
  live: number | undefined
  draft: Doc
}

/** What callers will meet that they did not before. */
export function CallersChanges({ flowId, live, draft }: Props) {
  const t = useT('flows/versions')
  const words = useDiffWords()
  const { data: before } = useVersionDoc(flowId, live)
  const diff = useMemo(
    () => before && forCallers(readableDiff(before, draft, words)),
    [before, draft, words],
  )
  if (live === undefined)
    return <p>{t('firstTime', { blocks: Object.keys(blocksOf(draft)).length })}</p>
  if (!diff) return <Skeleton active paragraph={{ rows: 2 }} />
  if (diff.document.length + diff.blocks.length === 0) return <p>{t('nothingForCallers')}</p>
  return <ReadableView diff={diff} />
}
