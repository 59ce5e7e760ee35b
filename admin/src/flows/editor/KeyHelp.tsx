import { useT } from '../../i18n/index.ts'

const keys: [string, string][] = [
  ['Ctrl Z / Ctrl Y', 'undo'],
  ['Ctrl C / X / V', 'clip'],
  ['Ctrl D', 'duplicate'],
  ['Ctrl A', 'all'],
  ['Ctrl G', 'group'],
  ['Ctrl F', 'search'],
  ['F6', 'part'],
  ['A', 'add'],
  ['Delete', 'remove'],
  ['Enter', 'form'],
  ['←↑→↓', 'move'],
  ['Alt ←↑→↓', 'walk'],
  ['Shift + 🖱', 'frame'],
]

/** The keys of the editor. */
export function KeyHelp() {
  const t = useT('flows/editor')
  return (
    <table className="key-help">
      <caption>{t('keys.title')}</caption>
      <tbody>
        {keys.map(([key, does]) => (
          <tr key={does}>
            <th scope="row">
              <kbd>{key}</kbd>
            </th>
            <td>{t(`keys.${does}`)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
