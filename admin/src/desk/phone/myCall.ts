import type { CallCard } from '../../../../gateway/desk/protocol.ts'
import { sectionOf } from '../inbox/sections.ts'
import type { DeskState } from '../state.ts'
import { isLive, partyOf } from './parties.ts'

/** The call I am in now, whether I serve it, was asked into it or supervise it. Pure. */
export function myCall(state: Pick<DeskState, 'calls' | 'cards' | 'me'>): CallCard | undefined {
  const myId = state.me?.id
  if (!myId) return undefined
  return Object.values(state.calls).find((call) => {
    if (!isLive(call)) return false
    const card = state.cards[call.conversationId]
    const party = partyOf(call, myId)
    return (
      (card && sectionOf(card, myId) === 'mine') ||
      (party !== undefined && party.state !== 'ringing')
    )
  })
}
