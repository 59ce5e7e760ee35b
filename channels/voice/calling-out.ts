/** Calls we make: to a contact, for an agent or a flow; back to somebody who asked for it; and on to a telephone. */
import type { Conversation, LegCall } from '../../gateway/domain/conversation.ts'
import { normalPhone } from '../../gateway/domain/phone-number.ts'
import type { Account } from '../../gateway/intake/model.ts'
import { fail, YiluError } from '../../gateway/errors.ts'
import type { Room } from '../../media/media.ts'
import type { Call } from './call.ts'
import type { Destination, OutgoingCall } from './outgoing.ts'
import { callingTrunks, callOut, ringback } from './outgoing.ts'
import { endedBy, followSip, sipEnd } from './sip-end.ts'
import type { VoiceOptions } from './voice-options.ts'

/** somebody who is called back looks for their telephone */
const RING_MS = 45_000

export interface OutgoingAbout {
  number: string
  callerNumber?: string
  accountId?: string
  conversationId?: string
  flowId?: string
  agentId?: string
}

export type BeginCall = (
  account: Pick<Account, '_id' | 'record'>,
  room: Room,
  about: LegCall,
) => Call

export class CallingOut {
  private readonly options: VoiceOptions
  private readonly begin: BeginCall

  constructor(options: VoiceOptions, begin: BeginCall) {
    this.options = options
    this.begin = begin
  }

  /**
   * Calls a number; once it is known how that went, `answered` tells. The conversation belongs to the agent
   * from the first moment, or the flow speaks as soon as somebody answers.
   * @throws YiluError BAD_NUMBER, TELEPHONY_OFF, NUMBER_BARRED, NO_TRUNK, CALLS_FULL; then nothing was begun
   */
  async callNumber(about: OutgoingAbout): Promise<{ call: Call; answered: Promise<boolean> }> {
    const { agentId, conversationId, callerNumber } = about
    const call = await this.prepare(about)
    const joins = {
      kind: 'call',
      call: call.about.call,
      ...(conversationId && { conversationId }),
    } as const
    let out: OutgoingCall
    try {
      if (agentId || conversationId) {
        await call.receive(joins)
        // on the desk before it rings: a refusal may come in no time, and is to be seen there
        await call.known
      }
      out = await this.dial(call, { kind: 'number', number: about.number }, callerNumber)
    } catch (error) {
      call.outcome = 'failed'
      await call.over('failed')
      throw error
    }
    call.attach(sipEnd(out.sip, out.leg))
    followSip(out.sip, out.leg, call)
    void out.ended.then(({ by, outcome }) => {
      if (!call.answeredAt) call.outcome = outcome ?? 'failed'
      return call.over(call.answeredAt ? endedBy(by) : (outcome ?? 'failed'))
    })
    const answered = out.answered.then(async (is) => {
      if (!is) {
        call.outcome = (await out.ended).outcome ?? 'failed'
        return false
      }
      if (!agentId && !conversationId) await call.receive(joins)
      await call.answered()
      return true
    })
    // whoever does not wait for the answer need not hear that it failed either
    answered.catch(this.options.onError)
    return { call, answered }
  }

  /** Calls a telephone into the room of a call; the agents in it hear that it rings. */
  async dial(
    call: Call,
    to: Destination,
    callerNumber?: string,
    ringMs = RING_MS,
  ): Promise<OutgoingCall> {
    const { sip, book, lines } = this.options
    const { number } = call.about.call
    const shown = to.kind === 'number' ? callerNumber : number
    const agents = () =>
      call.parties.list.flatMap(({ leg, kind }) => (leg && kind === 'agent' ? [leg] : []))
    let ringing = false
    const out = await callOut({
      sip: sip ?? fail('TELEPHONY_OFF'),
      book,
      lines,
      room: call.room,
      to,
      ...(shown && { callerNumber: shown }),
      ringMs,
      onRinging: (early) => {
        if (early || ringing) return
        ringing = true
        for (const leg of agents()) leg.play(ringback, { loop: true })
      },
    })
    void out.answered.then(() => {
      if (ringing) for (const leg of agents()) leg.stopPlaying()
    })
    return out
  }

  /** An agent took the conversation of somebody who had asked to be called. */
  async callBack(conversation: Conversation): Promise<void> {
    const { number, accountId } = conversation.callback!
    const { note } = this.options
    const { _id, agentId } = conversation
    try {
      const about = { number, accountId, conversationId: _id, agentId: agentId! }
      await this.callNumber(about)
    } catch (error) {
      // the agent reads why, and may dial again
      const reason = error instanceof YiluError ? error.code : 'INTERNAL'
      await note(_id, 'callEnded', { by: 'failed', reason })
      throw error
    }
  }

  /** The flow hands the call to a telephone. @returns how it went, once it is over */
  async transfer(call: Call, to: Destination, ringMs: number): Promise<string> {
    const { parties } = call
    const leg = parties.contact?.leg
    leg?.play(ringback, { loop: true })
    try {
      const out = await this.dial(call, to, undefined, ringMs)
      if (call.isOver) out.sip.hangUp()
      // there from the first ring, so that it stops when the contact hangs up
      const { number } = to
      const party = parties.add({
        kind: 'third',
        name: number,
        number,
        device: 'telephone',
        sip: out.sip,
      })
      const answered = await out.answered
      leg?.stopPlaying()
      if (answered && parties.find(party.id)) parties.connected(party, out.leg)
      const { outcome } = await out.ended
      parties.remove(party)
      return answered ? 'completed' : statusOf(outcome)
    } catch (error) {
      leg?.stopPlaying()
      if (!(error instanceof YiluError)) this.options.onError(error)
      return error instanceof YiluError && error.code === 'EXTENSION_AWAY'
        ? 'unavailable'
        : 'failed'
    }
  }

  private async prepare(about: OutgoingAbout): Promise<Call> {
    const { media, book, sip } = this.options
    const { agentId, flowId, callerNumber } = about
    const number = normalPhone(about.number) ?? fail('BAD_NUMBER')
    if (!sip) fail('TELEPHONY_OFF')
    // asked before anybody is told of a call
    callingTrunks(book, about.number, callerNumber)
    const account = book.account(callerNumber ?? '') ?? book.account('*')
    const room = await media.openRoom()
    return this.begin(
      { _id: about.accountId ?? account?._id ?? 'phone', record: account?.record },
      room,
      {
        direction: 'out',
        number,
        ...(callerNumber && { ourNumber: callerNumber }),
        ...(agentId && { agentId }),
        ...(flowId && { flowId }),
      },
    )
  }
}

/** As the flow tells them apart (docs/flows.md). */
function statusOf(outcome: string | undefined): string {
  if (outcome === 'unknownNumber') return 'unavailable'
  return outcome ?? 'failed'
}
