/** The details of an error as lines a person can read: `field: what is wrong`. */
export function describeDetails(details: unknown): string[] {
  if (details === undefined || details === null) return []
  if (Array.isArray(details)) return details.flatMap(describeDetails)
  if (typeof details !== 'object') return [String(details)]
  const entry = details as Record<string, unknown>
  if (typeof entry['message'] === 'string') {
    const path = Array.isArray(entry['path']) ? entry['path'].join('.') : entry['path']
    return [path ? `${String(path)}: ${entry['message']}` : entry['message']]
  }
  return Object.entries(entry).flatMap(([name, value]) => {
    const lines = describeDetails(value)
    return typeof value === 'object' ? lines : lines.map((line) => `${name}: ${line}`)
  })
}
