import { useT } from '../../i18n/index.ts'
import type { ReadableLine } from './readable.ts'

/** One change: what it is, how it was and how it is. */
export function DiffSides({ line }: { line: ReadableLine }) {
  const t = useT('flows')
  const side = (name: 'before' | 'after') =>
    line[name] === undefined ? null : (
      <div className={`diff-side diff-${name}`}>
        <span className="seen-by-readers">{t(name)}: </span>
        {line[name]}
      </div>
    )
  return (
    <div>
      <div className="diff-path">{line.what.join(' › ')}</div>
      <div className="diff-pair">
        {side('before') ?? <div className="diff-side diff-none" aria-hidden />}
        {side('after') ?? <div className="diff-side diff-none" aria-hidden />}
      </div>
    </div>
  )
}
