/** A call as the desk shows it. */
import type { CallCard, PartyCard } from '../../gateway/desk/protocol.ts'
import type { Call } from './call.ts'
import type { Party } from './party.ts'

export function callCard(call: Call): CallCard {
  const { about, conversation, parties, answeredAt, endedAt, outcome } = call
  const { number, ourNumber, direction } = about.call
  const apart = parties.held || parties.consulting !== undefined
  return {
    conversationId: conversation!._id,
    direction,
    phase: phaseOf(call),
    startedAtMs: call.startedAt.getTime(),
    recording: call.recording.state,
    held: parties.held,
    playing: call.played.playing,
    parties: parties.list.map((party) => partyCard(party, apart)),
    ...(number && { number }),
    ...(ourNumber && { ourNumber }),
    ...(answeredAt && { answeredAtMs: answeredAt.getTime() }),
    ...(endedAt && { endedAtMs: endedAt.getTime() }),
    ...(outcome && { outcome: outcome as CallCard['outcome'] }),
  }
}

export function phaseOf({ endedAt, answeredAt, about, conversation }: Call): CallCard['phase'] {
  if (endedAt) return 'ended'
  if (!answeredAt && about.call.direction === 'out') return 'dialling'
  switch (conversation?.state) {
    case 'queued':
    case 'offered':
      return 'waiting'
    case 'agent':
      return 'talking'
    default:
      return 'flow'
  }
}

/** @param apart the contact hears music instead of the others */
function partyCard(party: Party, apart: boolean): PartyCard {
  const { id, kind, name, staffId, number, device, state, muted, mode, quality } = party
  return {
    id,
    kind,
    name,
    device,
    state: kind === 'contact' && apart ? 'held' : state,
    muted,
    ...(staffId && { agentId: staffId }),
    ...(number && { number }),
    ...(mode && { mode }),
    ...(quality && { quality }),
  }
}
