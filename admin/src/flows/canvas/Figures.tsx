import type { BlockFigures } from '../editor/flow-editor.ts'
import { useCanvas } from './canvas-context.ts'

/** What reports tell of a block, above it. */
export function Figures({ figures }: { figures: BlockFigures }) {
  const { t, format } = useCanvas()
  const { entered, gaveUp, askedForPerson } = figures
  const share = (count: number) => (entered > 0 ? Math.round((count / entered) * 100) : 0)
  return (
    <div className="block-figures">
      <span>{t('entered', { value: format.number(entered) })}</span>
      {gaveUp > 0 && (
        <span className={share(gaveUp) >= 10 ? 'figures-bad' : ''}>
          {t('gaveUp', { share: share(gaveUp) })}
        </span>
      )}
      {askedForPerson > 0 && <span>{t('askedForPerson', { share: share(askedForPerson) })}</span>}
    </div>
  )
}
