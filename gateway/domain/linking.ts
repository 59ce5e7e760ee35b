/** What follows when an address turns up with one contact while another holds it. Pure. */
import type { Assurance, Identity } from './contact.ts'

/**
 * merge: both have proven it, they are one person. takeOver: it was only seen with the other, or long ago, and
 * whoever proves it now has it from now on; what the other has said and done stays theirs. follow: this one is
 * merely seen, the other is proven: what comes in belongs to the other, who somebody is stays open.
 * leave: nothing is proven.
 */
export type Link = 'merge' | 'takeOver' | 'follow' | 'leave'

/**
 * Chinese carriers give a number to somebody else about 90 days after it was given up. A proof older than that,
 * of a number nobody has used with us since, is no proof that it is still the same person.
 */
const NUMBER_REST_MS = 90 * 86_400_000

export function linkOf(options: {
  /** how sure we are of the address they came by, or of the contact who proves another one */
  own: Assurance
  claimed: Assurance
  held: Pick<Identity, 'kind' | 'assurance' | 'provenAt' | 'lastSeenAt'>
  /** a colleague has parted these two */
  parted: boolean
  nowMs: number
}): Link {
  const { own, claimed, held, parted, nowMs } = options
  if (claimed !== 'proven') return 'leave'
  if (held.assurance !== 'proven' || isStale(held, nowMs)) return 'takeOver'
  if (own !== 'proven') return 'follow'
  return parted ? 'leave' : 'merge'
}

function isStale(
  { kind, provenAt, lastSeenAt }: Pick<Identity, 'kind' | 'provenAt' | 'lastSeenAt'>,
  nowMs: number,
): boolean {
  const lastMs = Math.max(provenAt?.getTime() ?? 0, lastSeenAt.getTime())
  return kind === 'phone' && nowMs - lastMs > NUMBER_REST_MS
}
