import { useT } from '../../i18n/index.ts'
import { cannedText } from './canned.ts'
import type { Canned } from './useCanned.ts'

/** The canned replies that fit what was typed after the slash. */
export function CannedList({ canned, lang }: { canned: Canned; lang: string }) {
  const t = useT('desk')
  return (
    <div className="canned">
      {canned.found.length === 0 && (
        <p className="quiet">{t(canned.none ? 'composer.cannedNone' : 'composer.cannedEmpty')}</p>
      )}
      <ul id="canned-list" role="listbox" aria-label={t('composer.canned')}>
        {canned.found.map((reply, index) => (
          <li
            key={reply.id}
            id={`canned-${reply.id}`}
            role="option"
            aria-selected={index === canned.active}
            // before the text box would lose the focus
            onMouseDown={(event) => {
              event.preventDefault()
              canned.pick(reply)
            }}
          >
            <kbd>/{reply.shortcut}</kbd>
            <strong>{reply.title}</strong>
            <span>{cannedText(reply, lang)}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
