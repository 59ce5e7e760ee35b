/** Agents who take calls on a telephone: it rings when a call is offered, and picking up takes the offer. */
import type { Conversation } from '../../gateway/domain/conversation.ts'
import { YiluError } from '../../gateway/errors.ts'
import type { CallOutcome } from '../sip/sip-engine.ts'
import type { Call } from './call.ts'
import type { Destination, OutgoingCall } from './outgoing.ts'
import type { Voice } from './voice.ts'
import type { VoiceOptions } from './voice-options.ts'

interface Ringing {
  offerId: string | undefined
  agentId: string
  out: Promise<OutgoingCall>
}

/** The next call would meet the same silence; who is busy or does not pick up may well take the next. */
const unreachable = new Set<CallOutcome>(['unavailable', 'unknownNumber', 'failed'])

export class AgentPhones {
  /** the transfer key of an agent's telephone (REFER, RFC 3515): the contact is passed on to that number */
  onTransfer?: (call: Call, agentId: string, number: string) => Promise<void>
  private readonly ringing = new Map<Call, Ringing>()
  private readonly options: VoiceOptions

  constructor(options: VoiceOptions) {
    this.options = options
  }

  /** The conversation of a call changed: rings where it is offered now, and nowhere else. */
  follow(call: Call, { _id, state, offer, agentId }: Conversation, voice?: Voice): void {
    const now = this.ringing.get(call)
    const stillMeant =
      now &&
      ((state === 'offered' && offer?.id === now.offerId) ||
        (state === 'agent' && agentId === now.agentId))
    if (now && !stillMeant) this.over(call)
    if (state !== 'offered' || !offer || this.ringing.has(call) || !voice) return
    const to = this.telephoneOf(offer.agentId)
    if (!to) return
    const ringMs = Math.max(1000, offer.expiresAt.getTime() - this.options.now())
    const out = voice.dial(call, to, undefined, ringMs)
    this.ringing.set(call, { offerId: offer.id, agentId: offer.agentId, out })
    void this.awaitPickUp(call, _id, offer, out)
  }

  /** Nobody is there for whom it could ring. */
  over(call: Call): void {
    const now = this.ringing.get(call)
    this.ringing.delete(call)
    void now?.out.then(({ sip }) => sip.hangUp()).catch(() => undefined)
  }

  /** The agent has the conversation: their telephone or browser comes into the call. */
  connect(call: Call, agentId: string, voice: Voice): void {
    const agent = this.options.agent(agentId)
    const name = agent?.displayName ?? agentId
    if (!call.served.includes(agentId)) call.served.push(agentId)
    // asked by a colleague, or listening in, before they took it over
    const present = call.parties.ofStaff(agentId)
    if (present) {
      present.kind = 'agent'
      delete present.mode
      return call.parties.arrange()
    }
    const to = this.telephoneOf(agentId)
    if (!to) {
      call.parties.add({ kind: 'agent', staffId: agentId, name, device: 'browser' })
      return
    }
    const party = call.parties.add({
      kind: 'agent',
      staffId: agentId,
      name,
      device: 'telephone',
      number: to.number,
    })
    const rung = this.ringing.get(call)
    if (rung?.agentId === agentId) this.ringing.delete(call)
    const out = rung?.agentId === agentId ? rung.out : voice.dial(call, to)
    void out
      .then(async ({ leg, sip, answered, ended }) => {
        party.sip = sip
        if (!call.parties.find(party.id)) return sip.hangUp()
        sip.onRefer = async (refer) => {
          void this.transfer(call, agentId, refer.to.number).then(refer.notify)
          return true
        }
        if (await answered) call.parties.connected(party, leg)
        await ended
        if (!call.parties.find(party.id) || call.isOver) return
        // hung up by the agent: the talk is over, as by the button in the console
        const talked = party.state === 'connected'
        const { _id } = call.conversation!
        if (talked) await this.options.finish(agentId, _id)
        else await this.options.agentUnreachable(_id, agentId)
      })
      .catch(async (error: unknown) => {
        // the contact had gone while we were dialling
        if (call.isOver) return
        this.options.onError(error)
        if (call.conversation) await this.options.agentUnreachable(call.conversation._id, agentId)
      })
      .catch(this.options.onError)
  }

  /** @returns the SIP status that the telephone is told */
  private async transfer(call: Call, agentId: string, number: string): Promise<number> {
    try {
      await this.onTransfer?.(call, agentId, number)
      return this.onTransfer ? 200 : 501
    } catch (error) {
      if (!(error instanceof YiluError)) this.options.onError(error)
      return 503
    }
  }

  private async awaitPickUp(
    call: Call,
    conversationId: string,
    offer: { id: string; agentId: string },
    out: Promise<OutgoingCall>,
  ): Promise<void> {
    const { accept, decline, agentUnreachable, onError } = this.options
    const stillRings = () => this.ringing.get(call)?.offerId === offer.id
    try {
      const { answered, ended, sip } = await out
      const pickedUp = await answered
      if (!stillRings()) return
      if (pickedUp) {
        // lapsed or taken back in this very moment: there is nobody to talk to
        await accept(offer.agentId, conversationId, offer.id).catch((error: unknown) => {
          sip.hangUp()
          throw error
        })
        return
      }
      this.ringing.delete(call)
      const { outcome } = await ended
      if (outcome && unreachable.has(outcome)) await agentUnreachable(conversationId, offer.agentId)
      else await decline(offer.agentId, conversationId, offer.id)
    } catch (error) {
      if (error instanceof YiluError && error.code === 'OFFER_GONE') return
      onError(error)
      if (!stillRings()) return
      this.ringing.delete(call)
      // that all lines are in use is not the agent's doing
      const full = error instanceof YiluError && error.code === 'CALLS_FULL'
      const pass = full
        ? decline(offer.agentId, conversationId, offer.id)
        : agentUnreachable(conversationId, offer.agentId)
      await pass.catch(onError)
    }
  }

  private telephoneOf(agentId: string): Destination | undefined {
    const device = this.options.agent(agentId)?.device
    return device && device.kind !== 'browser'
      ? { kind: device.kind, number: device.number }
      : undefined
  }
}
