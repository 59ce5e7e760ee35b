import { Button } from 'antd'
import { useT } from '../../i18n/index.ts'
import { KindIcon } from '../canvas/KindIcon.tsx'
import { asString } from '../doc.ts'
import { blockOf } from '../document/blocks.ts'
import { useNames } from '../useNames.ts'
import { useFlowEditor } from './flow-editor.ts'

/** Several blocks are chosen: which, and a way to one of them. */
export function ManyChosen() {
  const t = useT('flows/editor')
  const { doc, selection, select } = useFlowEditor()
  const names = useNames()
  return (
    <>
      <p className="quiet">{t('manyChosen', { count: selection.length })}</p>
      <ul className="flow-side-list">
        {selection.map((id) => (
          <li key={id}>
            <Button
              type="text"
              block
              icon={<KindIcon type={asString(blockOf(doc, id)?.['type']) ?? ''} />}
              onClick={() => select([id], { bringIntoView: true })}
            >
              {names(id)}
            </Button>
          </li>
        ))}
      </ul>
    </>
  )
}
