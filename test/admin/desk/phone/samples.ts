import type { AgentCard, CallCard, PartyCard } from '../../../../gateway/desk/protocol.ts'
import { agent, card } from '../samples.ts'

export function party(id: string, more: Partial<PartyCard> = {}): PartyCard {
  return {
    id,
    kind: 'agent',
    name: id,
    device: 'browser',
    state: 'connected',
    muted: false,
    ...more,
  }
}

export const contact = party('contact', { kind: 'contact', device: 'telephone' })
export const mePresent = party('p-me', { agentId: 'a1' })

export function call(conversationId: string, more: Partial<CallCard> = {}): CallCard {
  return {
    conversationId,
    direction: 'in',
    phase: 'talking',
    number: '13900000000',
    ourNumber: '12301',
    startedAtMs: 0,
    recording: 'on',
    held: false,
    playing: false,
    parties: [contact, mePresent],
    ...more,
  }
}

export const voiceCard = (id: string, more: Parameters<typeof card>[1] = {}) =>
  card(id, { channel: 'voice', ...more })

export const offeredToMe = (id: string) =>
  voiceCard(id, {
    state: 'offered',
    agentId: undefined,
    offer: { id: 'o1', agentId: 'a1', expiresAtMs: 20_000 },
  })

export const onExtension: AgentCard = { ...agent, device: { kind: 'extension', number: '801' } }
