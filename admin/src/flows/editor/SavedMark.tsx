import { CheckCircleOutlined, LoadingOutlined, WarningFilled } from '@ant-design/icons'
import { Button } from 'antd'
import { ApiError } from '../../api/error.ts'
import { useLang, useT } from '../../i18n/index.ts'
import type { Draft } from '../useDraft.ts'
import { useEditorView } from './editor-view.ts'

/** Whether the work is safe; if not, why, and a button to try again. */
export function SavedMark({ draft }: { draft: Draft }) {
  const t = useT('flows/editor')
  const lang = useLang()
  const { saved } = useEditorView()
  const bad = saved === 'failed' || saved === 'clash' || saved === 'broken'
  const why =
    saved === 'failed' && draft.error instanceof ApiError ? draft.error.sentence(lang) : ''
  return (
    <span className={bad ? 'draft-saved saved-bad' : 'draft-saved'}>
      <span role="status" title={why}>
        {saved === 'saved' && <CheckCircleOutlined aria-hidden />}
        {(saved === 'saving' || saved === 'unsaved') && <LoadingOutlined aria-hidden />}
        {bad && <WarningFilled aria-hidden />} {t(`saved.${saved}`)}
        {why && <span className="seen-by-readers"> {why}</span>}
      </span>
      {(saved === 'failed' || saved === 'clash') && (
        <Button size="small" onClick={() => void draft.save()}>
          {t(saved === 'clash' ? 'saveMine' : 'saveAgain')}
        </Button>
      )}
    </span>
  )
}
