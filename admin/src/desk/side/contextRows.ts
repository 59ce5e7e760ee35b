/** What the bot learned, as rows to read: the menu trail apart, empty values left out. Pure. */
export interface ContextRows {
  trail: string[]
  rows: { name: string; value: string }[]
}

export function contextRows(context: Record<string, unknown>): ContextRows {
  const trail = Array.isArray(context['trail']) ? context['trail'].map(readable) : []
  const rows = Object.entries(context)
    .filter(([name, value]) => !(name === 'trail' && Array.isArray(value)))
    .map(([name, value]) => ({ name, value: readable(value) }))
    .filter(({ value }) => value !== '')
  return { trail, rows }
}

function readable(value: unknown): string {
  if (value === undefined || value === null) return ''
  if (Array.isArray(value)) return value.map(readable).filter(Boolean).join(', ')
  if (typeof value !== 'object') return String(value)
  const entry = value as Record<string, unknown>
  const label = entry['label'] ?? entry['title'] ?? entry['name'] ?? entry['text']
  if (typeof label === 'string') return label
  return Object.entries(entry)
    .map(([name, inner]) => [name, readable(inner)] as const)
    .filter(([, inner]) => inner !== '')
    .map(([name, inner]) => `${name}: ${inner}`)
    .join(', ')
}
