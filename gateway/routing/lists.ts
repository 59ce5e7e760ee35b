/** Black and white lists: who is refused, warned, or brought straight to a human (S101–S104). Pure. */
import type { IdentityClaim, IdentityKind } from '../domain/contact.ts'

export interface ListEntry {
  id: string
  /** absent: any kind of identity */
  kind?: IdentityKind
  /** exact, or with `*` for any run of characters and `?` for one: `400*`, `*@spam.example` */
  value: string
  /** inbound: who comes to us; outbound: whom agents may not call or write to */
  direction: 'inbound' | 'outbound'
  /** refuse and warn make a black list, human a white one */
  action: 'refuse' | 'warn' | 'human'
  /** epoch ms after which the entry counts no more */
  untilMs?: number
  note?: string
}

export interface ListDecision {
  action: ListEntry['action']
  /** for the record that S102 asks for */
  entry: ListEntry
  claim: Pick<IdentityClaim, 'kind' | 'value'>
}

export interface Lists {
  /** The decision for somebody with these identities, or undefined when no list knows them. */
  decide(
    claims: readonly Pick<IdentityClaim, 'kind' | 'value'>[],
    direction: ListEntry['direction'],
    nowMs: number,
  ): ListDecision | undefined
}

/** Prepares the entries once: exact ones are looked up, those with wildcards tried in turn. */
export function compileLists(entries: readonly ListEntry[]): Lists {
  const exact = new Map<string, ListEntry[]>()
  const wild: { entry: ListEntry; pattern: string }[] = []
  for (const entry of entries) {
    const pattern = normalised(entry.kind, entry.value)
    if (/[*?]/.test(pattern)) wild.push({ entry, pattern })
    else exact.set(pattern, [...(exact.get(pattern) ?? []), entry])
  }
  return {
    decide(claims, direction, nowMs) {
      let best: ListDecision | undefined
      for (const claim of claims) {
        const value = normalised(claim.kind, claim.value)
        const hits = [
          ...(exact.get(value) ?? []),
          ...wild.filter(({ pattern }) => matches(pattern, value)).map(({ entry }) => entry),
        ]
        for (const entry of hits) {
          if (entry.kind !== undefined && entry.kind !== claim.kind) continue
          if (entry.direction !== direction || (entry.untilMs ?? Infinity) <= nowMs) continue
          if (!best || beats(entry, best.entry)) best = { action: entry.action, entry, claim }
        }
      }
      return best
    },
  }
}

/** The more exact entry wins; between equals the kinder, as a visitor wrongly refused costs most. */
function beats(a: ListEntry, b: ListEntry): boolean {
  const kindness = { human: 2, warn: 1, refuse: 0 }
  return (exactness(a) - exactness(b) || kindness[a.action] - kindness[b.action]) > 0
}

function exactness({ value }: ListEntry): number {
  const literal = value.replace(/[*?]/g, '').length
  return literal === value.length ? Infinity : literal
}

/** Telephone numbers as people write them, +86 or not; addresses in any case. */
function normalised(kind: IdentityKind | undefined, value: string): string {
  if (kind === 'phone' || (kind === undefined && /^[+\d\s()*?-]+$/.test(value)))
    return value.replace(/[\s()-]/g, '').replace(/^(\+|00)86(?=.)/, '')
  return kind === 'email' || (kind === undefined && value.includes('@'))
    ? value.toLowerCase()
    : value
}

/** Wildcards without a regular expression, so that no entry can be slow: O(pattern × value) at worst. */
export function matches(pattern: string, value: string): boolean {
  let p = 0
  let v = 0
  let star = -1
  let resume = 0
  while (v < value.length) {
    if (pattern[p] === '*') {
      star = p++
      resume = v
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === value[v])) {
      p++
      v++
    } else if (star >= 0) {
      p = star + 1
      v = ++resume
    } else return false
  }
  while (pattern[p] === '*') p++
  return p === pattern.length
}
