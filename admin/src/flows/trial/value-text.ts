/** How a value is typed: JSON where it is some, else the words as they are. */
export function readValue(text: string): unknown {
  const bare = text.trim()
  if (bare === '') return undefined
  // a telephone number is no number: 013… would lose its zero
  if (/^-?(0|[1-9]\d{0,8})(\.\d+)?$|^(true|false|null)$|^[[{"]/.test(bare))
    try {
      return JSON.parse(bare) as unknown
    } catch {
      return text
    }
  return text
}

export function writtenValue(value: unknown): string {
  if (value === undefined) return ''
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  // "3" typed as words stays words
  return typeof value === 'string' && readValue(value) !== value ? JSON.stringify(value) : text
}
