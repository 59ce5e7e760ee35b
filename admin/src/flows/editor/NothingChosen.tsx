import { useT } from '../../i18n/index.ts'
import { asObject } from '../doc.ts'
import { useFlowEditor } from './flow-editor.ts'

/** What to do when no block is chosen. */
export function NothingChosen() {
  const t = useT('flows/editor')
  const { doc } = useFlowEditor()
  const count = Object.keys(asObject(doc['blocks'])).length
  return (
    <div className="flow-side-empty">
      <p>{t('nothingChosen')}</p>
      <p className="quiet">{t('blockCount', { count })}</p>
    </div>
  )
}
