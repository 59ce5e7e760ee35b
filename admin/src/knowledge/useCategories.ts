import type { CategoryView } from '../../../gateway/knowledge/schema.ts'
import { useName } from '../i18n/index.ts'
import { useItems } from '../records/useItems.ts'

export const CATEGORIES = '/knowledge/categories'

export interface CategoryNames {
  list: CategoryView[]
  nameOf(id: string): string
  options: { value: string; label: string }[]
}

export function useCategories(): CategoryNames {
  const name = useName()
  const { data = [] } = useItems<CategoryView>(CATEGORIES)
  const names = new Map(data.map((each) => [each.id, name(each.name)]))
  return {
    list: data,
    nameOf: (id) => names.get(id) ?? (id || '—'),
    options: [...names].map(([value, label]) => ({ value, label })),
  }
}
