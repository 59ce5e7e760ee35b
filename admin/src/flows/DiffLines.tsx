import { useT } from '../i18n/index.ts'
import { useLabels } from '../records/useLabels.ts'
import type { Change } from './diff.ts'

/** Each change with its place, what it was and what it is. */
export function DiffLines({ changes }: { changes: Change[] }) {
  const t = useT('flows')
  const labels = useLabels()
  const stepName = (step: string) => t(`step.${step}`, { defaultValue: labels.lang(step) })
  const side = (name: 'before' | 'after', change: Change) =>
    name in change ? (
      <div className={`diff-side diff-${name}`}>
        <span className="seen-by-readers">{t(name)}: </span>
        {shown(change[name])}
      </div>
    ) : (
      <div className="diff-side diff-none" aria-hidden />
    )
  return changes.map((change) => (
    <div key={change.path.join('/')}>
      <div className="diff-path">{change.path.map(stepName).join(' › ')}</div>
      <div className="diff-pair">
        {side('before', change)}
        {side('after', change)}
      </div>
    </div>
  ))
}

const shown = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value)
