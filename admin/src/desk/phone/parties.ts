/** Who is who in a call, seen from one agent. Pure. */
import type { AgentCard, CallCard, PartyCard } from '../../../../gateway/desk/protocol.ts'

export type LiveCall = CallCard & { phase: Exclude<CallCard['phase'], 'ended'> }

export const isLive = (call: CallCard | undefined): call is LiveCall =>
  call !== undefined && call.phase !== 'ended'

const present = ({ state }: PartyCard) => state !== 'gone'

export function partyOf(call: CallCard, agentId: string): PartyCard | undefined {
  return call.parties.find((party) => party.agentId === agentId && present(party))
}

export function contactOf(call: CallCard): PartyCard | undefined {
  return call.parties.find(({ kind }) => kind === 'contact')
}

/** Everybody who is here or being rung, the contact first. */
export function presentParties(call: CallCard): PartyCard[] {
  const rank = { contact: 0, agent: 1, third: 2, supervisor: 3 }
  return call.parties.filter(present).sort((a, b) => rank[a.kind] - rank[b.kind])
}

/**
 * The third party one asks while the contact waits with music. In a conference the contact is not held, and
 * nobody is being asked.
 */
export function consulted(call: CallCard, myId: string): PartyCard | undefined {
  const contact = contactOf(call)
  const third = call.parties.find(
    (party) =>
      present(party) &&
      party.agentId !== myId &&
      (party.kind === 'third' || party.kind === 'agent') &&
      party.state !== 'held',
  )
  return contact?.state === 'held' || third?.state === 'ringing' ? third : undefined
}

/** A colleague asks me into a call that is not mine. */
export function askedToJoin(call: CallCard, myId: string, mine: boolean): PartyCard | undefined {
  const party = partyOf(call, myId)
  return !mine && party?.state === 'ringing' && party.kind !== 'supervisor' ? party : undefined
}

/** I am in a call that is not mine, because a colleague asked me. */
export function guestOf(call: CallCard, myId: string, mine: boolean): PartyCard | undefined {
  const party = partyOf(call, myId)
  return !mine && party && party.state !== 'ringing' && party.kind !== 'supervisor'
    ? party
    : undefined
}

export function supervising(call: CallCard | undefined, myId: string): PartyCard | undefined {
  const party = call && isLive(call) ? partyOf(call, myId) : undefined
  return party?.kind === 'supervisor' ? party : undefined
}

/** How well a line does, for people: below 1 % loss and 30 ms jitter G.711 sounds like a telephone. */
export function qualityOf({ quality }: PartyCard): 'good' | 'fair' | 'poor' | undefined {
  if (!quality) return undefined
  const { lostPercent, jitterMs } = quality
  if (lostPercent > 5 || jitterMs > 80) return 'poor'
  return lostPercent > 1 || jitterMs > 30 ? 'fair' : 'good'
}

/** What an agent's own end of a call is: the console, or a telephone that is dialled. */
export function inBrowser(agent: AgentCard | undefined, party: PartyCard | undefined): boolean {
  if (party && party.state !== 'gone') return party.device === 'browser'
  return (agent?.device.kind ?? 'browser') === 'browser'
}
