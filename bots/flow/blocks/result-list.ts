/** One hit of a search or a classifier. */
export type Hit = Record<string, unknown> & { score: number }

/** What a service returned, as far as it is a list of hits; the rest is not trusted. */
export function resultList(value: unknown): Hit[] {
  if (!Array.isArray(value)) return []
  return value.filter(
    (item): item is Hit =>
      typeof item === 'object' && item !== null && Number.isFinite((item as Hit).score),
  )
}
