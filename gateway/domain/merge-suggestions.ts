/** What speaks for two contacts being one person, where nothing proves it: told to an agent, who decides. Pure. */
import type { Assurance, IdentityClaim } from './contact.ts'

/** Also one that has gone to somebody else since. */
export interface KnownAddress extends Pick<IdentityClaim, 'kind' | 'scope' | 'value'> {
  assurance: Assurance
}

/** What is known of a contact, and of those merged into it. */
export interface KnownPerson {
  id: string
  names: readonly string[]
  addresses: readonly KnownAddress[]
  /** serial numbers of their tickets */
  tickets: readonly string[]
  /** of tickets they asked about */
  askedAbout: readonly string[]
}

/** strong: one of them has proven it; likely: unusual for two people; weak: worth a look */
export type Strength = 'strong' | 'likely' | 'weak'

export interface Reason {
  /** sameAddress: kind and value say which; sameTicket: one asks about the other's; parted: merged before */
  reason: 'sameAddress' | 'sameTicket' | 'parted'
  kind?: IdentityClaim['kind']
  value?: string
  /** of sameAddress: the higher of both */
  assurance?: Assurance
  /** of sameTicket: they go by the same name */
  sameName?: true
  strength: Strength
}

export interface MergeSuggestion {
  otherId: string
  reasons: Reason[]
  strength: Strength
}

/** An address so many share belongs to a hotel or a company. */
const SHARED_BY = 4
const MAX_SUGGESTIONS = 10
const order: readonly Strength[] = ['strong', 'likely', 'weak']

/**
 * @param parted those who were merged with this one and parted again
 * @returns best first, at most ten
 */
export function suggestMerges(
  person: KnownPerson,
  others: readonly KnownPerson[],
  parted: ReadonlySet<string> = new Set(),
): MergeSuggestion[] {
  const sharers = countSharers(person, others)
  return others
    .filter(({ id }) => id !== person.id)
    .map((other): MergeSuggestion => {
      const reasons = [
        ...sameAddresses(person, other, sharers),
        ...sameTickets(person, other),
        ...(parted.has(other.id) ? [{ reason: 'parted', strength: 'weak' } as const] : []),
      ]
      return { otherId: other.id, reasons, strength: strongest(reasons) }
    })
    .filter(({ reasons }) => reasons.length > 0)
    .sort((a, b) => order.indexOf(a.strength) - order.indexOf(b.strength))
    .slice(0, MAX_SUGGESTIONS)
}

/** What a dismissal covers: new reasons are shown again. */
export const reasonKey = ({ reason, kind, value, assurance }: Reason): string =>
  [reason, kind, value, assurance === 'proven' && 'proven'].filter(Boolean).join('|')

const addressKey = ({ kind, scope, value }: KnownAddress) => `${kind}|${scope}|${value}`

function countSharers(person: KnownPerson, others: readonly KnownPerson[]): Map<string, number> {
  const counts = new Map(person.addresses.map((each) => [addressKey(each), 0]))
  for (const { addresses } of others)
    for (const key of new Set(addresses.map(addressKey))) {
      const count = counts.get(key)
      if (count !== undefined) counts.set(key, count + 1)
    }
  return counts
}

function sameAddresses(a: KnownPerson, b: KnownPerson, sharers: Map<string, number>): Reason[] {
  const reasons = new Map<string, Reason>()
  for (const mine of a.addresses)
    for (const theirs of b.addresses) {
      const key = addressKey(mine)
      if (key !== addressKey(theirs)) continue
      const proven = mine.assurance === 'proven' || theirs.assurance === 'proven'
      if (reasons.has(key) && !proven) continue
      const { kind, value } = mine
      const shared = (sharers.get(key) ?? 0) >= SHARED_BY
      reasons.set(key, {
        reason: 'sameAddress',
        ...{ kind, value },
        assurance: proven ? 'proven' : mine.assurance,
        strength: proven ? 'strong' : shared ? 'weak' : 'likely',
      })
    }
  return [...reasons.values()]
}

function sameTickets(a: KnownPerson, b: KnownPerson): Reason[] {
  const asked = [
    ...a.askedAbout.filter((serial) => b.tickets.includes(serial)),
    ...b.askedAbout.filter((serial) => a.tickets.includes(serial)),
  ]
  // relatives and guides ask about the tickets of others
  const sameName = a.names.some((name) => b.names.some((each) => plain(each) === plain(name)))
  return [...new Set(asked)].map((value) => ({
    reason: 'sameTicket',
    value,
    ...(sameName && { sameName }),
    strength: sameName ? 'likely' : 'weak',
  }))
}

const plain = (name: string) => name.normalize('NFKC').replace(/\s/g, '').toLowerCase()

function strongest(reasons: Reason[]): Strength {
  return order.find((each) => reasons.some(({ strength }) => strength === each)) ?? 'weak'
}
