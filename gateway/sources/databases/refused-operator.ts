/** Operators that write, run code of the server, or look at what is no collection's data. */
const REFUSED = new Set([
  '$where',
  '$function',
  '$accumulator',
  '$out',
  '$merge',
  '$currentOp',
  '$listLocalSessions',
  '$listSessions',
  '$listSampledQueries',
  '$planCacheStats',
  '$collStats',
  '$indexStats',
  '$changeStream',
  '$code',
  '$dbPointer',
  '$ref',
])

/** The first of them in a parsed template, at any depth. */
export function refusedOperator(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  for (const [key, inner] of Object.entries(value)) {
    if (REFUSED.has(key)) return key
    const found = refusedOperator(inner)
    if (found) return found
  }
  return undefined
}
