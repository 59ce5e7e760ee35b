import { useT } from '../../i18n/index.ts'

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#']
const LETTERS: Record<string, string> = {
  '2': 'ABC',
  '3': 'DEF',
  '4': 'GHI',
  '5': 'JKL',
  '6': 'MNO',
  '7': 'PQRS',
  '8': 'TUV',
  '9': 'WXYZ',
  '0': '+',
}

/** Twelve keys as on every telephone. */
export function Keypad({ onKey }: { onKey(key: string): void }) {
  const t = useT('desk')
  return (
    <div className="keypad" role="group" aria-label={t('phone.dial.pad')}>
      {KEYS.map((key) => (
        <button key={key} type="button" onClick={() => onKey(key)}>
          {key}
          <small aria-hidden>{LETTERS[key] ?? ' '}</small>
        </button>
      ))}
    </div>
  )
}
