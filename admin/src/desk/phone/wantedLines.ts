import type { DeskState } from '../state.ts'
import { sectionOf } from '../inbox/sections.ts'
import { inBrowser, isLive, partyOf } from './parties.ts'

/** prepared: connected but mute, so that answering is instant; talking: one's voice goes out */
export type Wanted = 'prepared' | 'talking'

/**
 * The calls this console must have a line into: those offered to me, those I serve, those I was asked into
 * or supervise. `joined` holds the conversations into which I step without serving them. Pure.
 */
export function wantedLines(
  state: Pick<DeskState, 'calls' | 'cards' | 'agents'>,
  myId: string,
  joined: ReadonlySet<string>,
): Record<string, Wanted> {
  const wanted: Record<string, Wanted> = {}
  for (const call of Object.values(state.calls)) {
    const id = call.conversationId
    if (!isLive(call)) continue
    const party = partyOf(call, myId)
    // listening in is always done in the console, whatever telephone one takes calls on
    if (!inBrowser(state.agents[myId], party) && !(joined.has(id) && !party)) continue
    const card = state.cards[id]
    const section = card && sectionOf(card, myId)
    // who listens unheard sends nothing at all, so that no mistake elsewhere can make them heard
    if (party?.kind === 'supervisor') wanted[id] = party.mode === 'listen' ? 'prepared' : 'talking'
    else if (section === 'mine') wanted[id] = 'talking'
    // after a reload the server still knows that I am in it
    else if (party && (party.state !== 'ringing' || joined.has(id))) wanted[id] = 'talking'
    else if (section === 'offered' || joined.has(id)) wanted[id] = 'prepared'
  }
  return wanted
}
