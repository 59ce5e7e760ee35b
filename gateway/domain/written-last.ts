import type { Leg } from './conversation.ts'

/**
 * The legs with this one as the last of those people write on: what is written next goes there (desk/written-leg.ts).
 * Telephones keep their place: the last leg of all is where people talk. Pure.
 */
export function writtenLast(legs: Leg[], legId: string): Leg[] {
  const from = legs.findIndex(({ id }) => id === legId)
  const to = legs.findLastIndex(({ channel, state }) => channel !== 'voice' && state === 'open')
  const leg = legs[from]
  if (!leg || leg.channel === 'voice' || from >= to) return legs
  const others = legs.toSpliced(from, 1)
  return others.toSpliced(to, 0, leg)
}
