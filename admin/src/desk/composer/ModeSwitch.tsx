import { useT } from '../../i18n/index.ts'

interface Props {
  note: boolean
  locked: boolean
  onChange(note: boolean): void
}

/** Reply to the visitor, or a note for colleagues: the one mistake nobody must make, so it is told twice. */
export function ModeSwitch({ note, locked, onChange }: Props) {
  const t = useT('desk')
  return (
    <button
      type="button"
      id="composer-mode"
      className="mode"
      role="switch"
      aria-checked={note}
      aria-label={t('composer.noteLabel')}
      disabled={locked}
      onClick={() => onChange(!note)}
    >
      <span className={note ? undefined : 'mode-on'}>{t('composer.reply')}</span>
      <span className={note ? 'mode-on' : undefined}>{t('composer.note')}</span>
    </button>
  )
}
