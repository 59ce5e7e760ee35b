import { useT } from '../i18n/index.ts'
import { categoriesOf } from './entry.ts'

interface Props {
  entries: readonly { category: string }[]
  chosen: string | undefined
  onChoose(category: string | undefined): void
}

export function Categories({ entries, chosen, onChoose }: Props) {
  const t = useT('knowledge')
  const lines: [string | undefined, string, number][] = [
    [undefined, t('all'), entries.length],
    ...categoriesOf(entries).map(([category, count]): [string, string, number] => [
      category,
      category,
      count,
    ]),
  ]
  return (
    <nav aria-label={t('categories')}>
      <ul className="categories">
        {lines.map(([category, label, count]) => (
          <li key={category ?? ''}>
            <button
              type="button"
              className="category"
              aria-current={category === chosen}
              onClick={() => onChoose(category)}
            >
              <span>{label}</span>
              <span className="quiet">{count}</span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  )
}
