/** People an agent brings into a call: asked while the contact waits, talked with by all, or left with the contact. */
import type { CallCommand } from '../../gateway/desk/call-port.ts'
import type { CallTarget } from '../../gateway/desk/protocol.ts'
import type { StaffMember } from '../../gateway/domain/staff.ts'
import { fail } from '../../gateway/errors.ts'
import type { Call } from './call.ts'
import type { Destination, OutgoingCall } from './outgoing.ts'
import type { Party } from './party.ts'
import type { Voice } from './voice.ts'
import type { VoiceOptions } from './voice-options.ts'

type ConsultEnd = Extract<CallCommand, { do: 'consultEnd' }>['how']

export class ThirdParties {
  private readonly options: VoiceOptions & { voice: Voice }

  constructor(options: VoiceOptions & { voice: Voice }) {
    this.options = options
  }

  /** The contact waits with music while somebody is asked. */
  async consult(call: Call, to: CallTarget): Promise<void> {
    const { parties } = call
    if (parties.consulting) fail('WRONG_STATE')
    const party = await this.bring(call, to)
    parties.consulting = party.id
    parties.arrange()
  }

  async consultEnd(call: Call, how: ConsultEnd, member: StaffMember): Promise<void> {
    const { parties, conversation } = call
    const party = parties.consulting ? parties.find(parties.consulting) : undefined
    if (!party) fail('WRONG_STATE')
    if (how === 'back') {
      const { state, name } = party
      parties.remove(party)
      if (state === 'connected')
        await this.options.note(conversation!._id, 'callParty', { name, joined: false })
      return
    }
    parties.consulting = undefined
    parties.held = false
    if (how === 'conference') return parties.arrange()
    party.passedBy = member._id
    // a colleague takes the conversation over; an outsider only the call
    if (party.staffId) return this.options.takeOver(party.staffId, conversation!._id)
    return this.options.leaveTo(member._id, conversation!._id)
  }

  /** Passes the contact on without asking first; where nobody answers, they come back. */
  async passOn(call: Call, to: CallTarget, staffId: string): Promise<void> {
    if (to.kind === 'agent' && this.options.agent(to.agentId)?.device.kind === 'browser')
      fail('BAD_REQUEST', { to: 'use transfer' })
    const party = await this.bring(call, to)
    party.passedBy = staffId
    await this.options.leaveTo(staffId, call.conversation!._id)
  }

  /** The agent leaves; the contact goes on with whoever else is there. */
  leave(call: Call, member: StaffMember): Promise<void> {
    const conversationId = call.conversation!._id
    const colleague = call.parties.list.find(
      ({ kind, staffId, state }) => kind === 'third' && staffId && state === 'connected',
    )
    return colleague?.staffId
      ? this.options.takeOver(colleague.staffId, conversationId)
      : this.options.leaveTo(member._id, conversationId)
  }

  /** Somebody leaves, or is not wanted any more. */
  async drop(call: Call, party: Party): Promise<void> {
    if (!party.sip) return this.gone(call, party)
    // a telephone that hangs up tells of it by itself
    party.sip.hangUp()
  }

  /** A colleague's console rings, a telephone is dialled. */
  private async bring(call: Call, to: CallTarget): Promise<Party> {
    const { parties } = call
    const agent =
      to.kind === 'agent' ? (this.options.agent(to.agentId) ?? fail('NO_SUCH_AGENT')) : undefined
    if (to.kind === 'agent' && parties.ofStaff(to.agentId)) fail('WRONG_STATE')
    if (to.kind === 'agent' && agent?.device.kind === 'browser') {
      if (!agent.connected) fail('AGENT_AWAY')
      const name = agent.displayName
      return parties.add({ kind: 'third', name, staffId: to.agentId, device: 'browser' })
    }
    const destination = destinationOf(to, agent?.device)
    const out = await this.options.voice.dial(call, destination)
    if (call.isOver) {
      out.sip.hangUp()
      fail('NO_CALL')
    }
    const party = parties.add({
      kind: 'third',
      name: agent?.displayName ?? destination.number,
      number: destination.number,
      device: 'telephone',
      sip: out.sip,
      ...(to.kind === 'agent' && { staffId: to.agentId }),
    })
    void this.follow(call, party, out).catch(this.options.onError)
    return party
  }

  private async follow(call: Call, party: Party, out: OutgoingCall): Promise<void> {
    const answered = await out.answered
    const { conversation, parties } = call
    if (answered && parties.find(party.id)) {
      parties.connected(party, out.leg)
      await this.options.note(conversation!._id, 'callParty', { name: party.name, joined: true })
      // passed on to a colleague without asking: theirs from here on
      if (party.passedBy && party.staffId && call.conversation?.agentId !== party.staffId)
        await this.options.takeOver(party.staffId, conversation!._id)
    }
    const { outcome } = await out.ended
    await this.gone(call, party, answered ? undefined : (outcome ?? 'failed'))
  }

  /** @param unreached why somebody who was called never answered */
  private async gone(call: Call, party: Party, unreached?: string): Promise<void> {
    const { parties } = call
    if (!parties.find(party.id)) return
    parties.remove(party)
    if (call.isOver) return
    const { _id } = call.conversation!
    await this.options.note(_id, 'callParty', {
      name: party.name,
      joined: false,
      ...(unreached && { outcome: unreached }),
    })
    const { state, agentId } = call.conversation!
    // the colleague had taken it over on this telephone
    if (party.staffId && party.staffId === agentId)
      return unreached
        ? this.options.agentUnreachable(_id, agentId)
        : this.options.finish(agentId, _id)
    const talks = parties.list.some(({ kind }) => kind === 'agent' || kind === 'third')
    if (talks || state === 'agent' || call.isOver) return
    // nobody is left for the contact to talk to
    if (unreached && party.passedBy) return this.options.takeOver(party.passedBy, _id)
    call.hangUp()
  }
}

function destinationOf(
  to: CallTarget,
  device: { kind: string; number?: string } | undefined,
): Destination {
  if (to.kind !== 'agent') return { kind: to.kind, number: to.number }
  return { kind: device!.kind as 'extension' | 'number', number: device!.number! }
}
