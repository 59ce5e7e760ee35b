/** What our own mail server found out about the sender, RFC 8601. What strangers write there counts for nothing. */

export interface AuthResults {
  spf?: string
  dkim?: string
  dmarc?: string
}

/**
 * @param values of Authentication-Results, top first
 * @param server the name our server puts first; a server takes away forged ones of its own name (§5)
 */
export function authResults(values: string[], server: string): AuthResults | undefined {
  if (!server) return undefined
  const own = values.find(
    (value) => /^\s*([^\s;]+)/.exec(value)?.[1]?.toLowerCase() === server.toLowerCase(),
  )
  if (own === undefined) return undefined
  const results: AuthResults = {}
  for (const clause of own.slice(0, 5_000).split(';').slice(1)) {
    const found = /^\s*(spf|dkim|dmarc)\s*=\s*([a-z]+)/i.exec(clause)
    if (!found) continue
    const method = found[1]!.toLowerCase() as keyof AuthResults
    const result = found[2]!.toLowerCase()
    // several signatures: one that holds is enough
    if (results[method] !== 'pass') results[method] = result
  }
  return results
}

/** Is the sender's address perhaps not theirs? DMARC decides where there is one, RFC 7489 §6.6. */
export function looksForged({ spf, dkim, dmarc }: AuthResults): boolean {
  if (dmarc && dmarc !== 'none') return dmarc === 'fail'
  return dkim !== 'pass' && (spf === 'fail' || spf === 'softfail' || dkim === 'fail')
}
