import { Alert } from 'antd'
import { useT } from '../../i18n/index.ts'
import { OpenCell } from '../../records/OpenCell.tsx'
import { useFlowEditor } from '../editor/flow-editor.ts'
import type { Tryable } from './tryable.ts'

/** What of the draft cannot be tried yet, and where to mend it. */
export function Unfinished({ trial: { doc, unfinished, wrong } }: { trial: Tryable }) {
  const t = useT('flows/trial')
  const { select } = useFlowEditor()
  if (!doc)
    return (
      <Alert
        type="warning"
        showIcon
        title={t('cannotTry')}
        description={wrong.slice(0, 8).join(', ')}
      />
    )
  if (unfinished.length === 0) return null
  return (
    <Alert
      type="info"
      showIcon
      title={t('unfinished', { count: unfinished.length })}
      description={unfinished.slice(0, 12).map((id) => (
        <OpenCell key={id} onOpen={() => select([id], { bringIntoView: true })}>
          {id}
        </OpenCell>
      ))}
    />
  )
}
