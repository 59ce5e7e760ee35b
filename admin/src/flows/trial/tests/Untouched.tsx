import { useT } from '../../../i18n/index.ts'
import { OpenCell } from '../../../records/OpenCell.tsx'
import { useFlowEditor } from '../../editor/flow-editor.ts'
import { useBlockNames } from '../../measure/useBlockNames.ts'
import type { Coverage } from './coverage.ts'

/** Blocks and exits that no test goes through: what may break without anybody being told. */
export function Untouched({ coverage }: { coverage: Coverage }) {
  const t = useT('flows/trial')
  const { doc, select } = useFlowEditor()
  const names = useBlockNames(doc)
  const { untouchedBlocks: blocks, untouchedExits: exits } = coverage
  const go = (id: string) => select([id], { bringIntoView: true })
  if (blocks.length + exits.length === 0) return <p className="trial-passed">{t('allTouched')}</p>
  return (
    <>
      {blocks.length > 0 && (
        <details>
          <summary>{t('untouchedBlocks', { count: blocks.length })}</summary>
          <ul className="trial-untouched">
            {blocks.map((id) => (
              <li key={id}>
                <OpenCell onOpen={() => go(id)}>{names.title(id)}</OpenCell>
              </li>
            ))}
          </ul>
        </details>
      )}
      {exits.length > 0 && (
        <details>
          <summary>{t('untouchedExits', { count: exits.length })}</summary>
          <ul className="trial-untouched">
            {exits.map(({ block, port }) => (
              <li key={`${block}/${port}`}>
                <OpenCell onOpen={() => go(block)}>
                  {names.title(block)} → {names.exit(block, port)}
                </OpenCell>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}
