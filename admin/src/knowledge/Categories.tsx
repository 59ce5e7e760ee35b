import type { CategoryView } from '../../../gateway/knowledge/schema.ts'
import { useName, useT } from '../i18n/index.ts'

interface Props {
  categories: readonly CategoryView[]
  chosen: string | undefined
  onChoose(category: string | undefined): void
}

export function Categories({ categories, chosen, onChoose }: Props) {
  const t = useT('knowledge')
  const name = useName()
  const total = categories.reduce((sum, { entries }) => sum + entries, 0)
  const lines: [string | undefined, string, number][] = [
    [undefined, t('all'), total],
    ...categories.map((each): [string, string, number] => [each.id, name(each.name), each.entries]),
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
