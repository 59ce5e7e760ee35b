import { useT } from '../../i18n/index.ts'
import './spoken.css'

/** Telephone keys as they were pressed, one cap each. */
export function KeysPart({ digits }: { digits: string }) {
  const t = useT('desk')
  return (
    <p className="keycaps">
      <span className="seen-by-readers">{t('thread.keys')} </span>
      {[...digits].map((digit, index) => (
        <kbd key={index}>{digit}</kbd>
      ))}
    </p>
  )
}
