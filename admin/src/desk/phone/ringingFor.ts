import type { ConversationCard } from '../../../../gateway/desk/protocol.ts'
import { sectionOf } from '../inbox/sections.ts'
import type { DeskState } from '../state.ts'
import { askedToJoin, isLive } from './parties.ts'

/** The conversation whose call rings for me in the console: offered to me, or a colleague asks me in. Pure. */
export function ringingFor(
  state: Pick<DeskState, 'cards' | 'calls' | 'me'>,
): ConversationCard | undefined {
  const myId = state.me?.id
  if (!myId) return undefined
  return Object.values(state.cards).find((card) => {
    const call = state.calls[card.id]
    const section = sectionOf(card, myId)
    if (section === 'offered') return card.channel === 'voice' || isLive(call)
    const party = isLive(call) && askedToJoin(call, myId, section === 'mine')
    return party && party.device === 'browser'
  })
}
