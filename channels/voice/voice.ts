/**
 * Telephone calls as a channel: whoever calls in gets a leg in the media engine and in a conversation; the
 * same flow, queue and desk serve it as any other. Signalling is channels/sip's, audio the media engine's.
 */
import type { Conversation, LegCall } from '../../gateway/domain/conversation.ts'
import { normalPhone } from '../../gateway/domain/phone-number.ts'
import type { Account } from '../../gateway/intake/model.ts'
import { ConversationModel } from '../../gateway/intake/model.ts'
import { fail, YiluError } from '../../gateway/errors.ts'
import { newId } from '../../gateway/store/id.ts'
import type { RtpLeg } from '../../media/media.ts'
import type {
  ChannelAdapter,
  Committed,
  Envelope,
  OutgoingMessage,
  SendResult,
  ThreadOf,
} from '../channel.ts'
import type { IncomingCall } from '../sip/sip-engine.ts'
import { AgentPhones } from './agent-phones.ts'
import { Call } from './call.ts'
import { browserEnd } from './browser-end.ts'
import { callCard } from './call-card.ts'
import type { OutgoingAbout } from './calling-out.ts'
import { CallingOut } from './calling-out.ts'
import { identityOf } from './identity-of.ts'
import type { Destination, OutgoingCall } from './outgoing.ts'
import type { Refusal, Told } from './refusals.ts'
import { refusalOf, refusals } from './refusals.ts'
import { playRingback } from './ringback.ts'
import { endedBy, followSip, sipEnd } from './sip-end.ts'
import type { VoiceOptions } from './voice-options.ts'

/** An ended call stays on the agent's screen for a moment. */
const ENDED_SHOWN_MS = 5_000

/** Who talks in a browser, and where the call belongs. */
export interface BrowserAbout {
  accountId: string
  identity: Envelope['identity']
  lang: string
  /** where the visitor writes: the call belongs to the conversation there */
  beside?: NonNullable<Envelope['beside']>
  /** the call belongs there */
  conversationId?: string
  /** which flow runs, and what it is told of who calls which number */
  call?: Pick<LegCall, 'flowId' | 'number' | 'ourNumber'>
  /** not a call of the house: nothing of it is kept */
  unrecorded?: boolean
  /** the call goes on, on a new line */
  known?: Call
}

export class Voice implements ChannelAdapter {
  readonly channel = 'voice'
  readonly capabilities = {
    // words of a call that is gone are never said again
    idempotentSend: true,
    typing: false,
    quickReplies: false,
    cards: false,
    media: false,
    maxTextChars: 4000,
  }
  readonly phones: AgentPhones
  private readonly out: CallingOut
  private readonly byThread = new Map<string, Call>()
  private readonly byConversation = new Map<string, Call>()
  private readonly options: VoiceOptions
  private stopping = false
  /** the cards as they were told last */
  private readonly shown = new WeakMap<Call, string>()
  /** calls in that were not taken, since the start */
  readonly refused = new Map<Refusal, number>()

  constructor(options: VoiceOptions) {
    this.options = options
    this.phones = new AgentPhones(options)
    this.out = new CallingOut(options, (account, room, about) => this.begin(account, room, about))
    if (options.sip) options.sip.onCall = (call) => void this.incoming(call).catch(options.onError)
  }

  /** Calls of a process that is gone are over: their conversations are told, before new ones come in. */
  async start(): Promise<number> {
    const left = await ConversationModel.find({
      state: { $ne: 'closed' },
      legs: { $elemMatch: { channel: 'voice', state: 'open' } },
    }).lean<Conversation[]>()
    for (const { legs } of left) {
      for (const leg of legs) {
        if (leg.channel !== 'voice' || leg.state !== 'open') continue
        await this.options.receive({
          accountId: leg.accountId,
          channel: 'voice',
          threadKey: leg.threadKey,
          dedupeKey: `${leg.threadKey}:hangUp`,
          identity: identityOf(leg.call?.number, leg.threadKey),
          parts: [],
          kind: 'hangUp',
          outcome: 'restart',
        })
      }
    }
    return left.length
  }

  get calls(): Iterable<Call> {
    return this.byThread.values()
  }

  call(conversationId: string): Call | undefined {
    return this.byConversation.get(conversationId)
  }

  // ---- the contract of a channel ---------------------------------------------------------------

  async send({ message, leg }: OutgoingMessage): Promise<SendResult> {
    const call = this.byThread.get(leg.threadKey)
    if (call?.wasSaid(message._id)) return { ok: true, state: 'sent' }
    return { ok: false, retry: 'never', code: call ? 'NOT_ON_CALLS' : 'NO_CALL' }
  }

  changed(leg: ThreadOf, change: Committed): void {
    const { after } = change
    const call = this.byThread.get(leg.threadKey)
    if (call) {
      this.byConversation.set(after._id, call)
      call.follow(change)
      this.phones.follow(call, after, this)
    }
  }

  online({ threadKey }: ThreadOf): boolean {
    return this.byThread.has(threadKey)
  }

  /** A second time changes nothing. */
  async stop(): Promise<void> {
    if (this.stopping) return
    this.stopping = true
    const { onError, sip, media } = this.options
    const over = [...this.byThread.values()].map((call) => {
      // told first, so that the hanging up that follows does not count as anybody's
      const told = call.over('restart')
      call.hangUp('server stopping')
      return told
    })
    await Promise.all(over).catch(onError)
    await sip?.stop()
    await media.stop()
  }

  // ---- calls in --------------------------------------------------------------------------------

  private async incoming(sip: IncomingCall): Promise<void> {
    const { book, lines, media, onError } = this.options
    const account = book.account(sip.local.number)
    if (!account) return this.refuse(sip, 'noNumber')
    if (this.stopping) return this.refuse(sip, 'stopping')
    if (sip.peer.kind === 'trunk') {
      const { id } = sip.peer
      if (!lines.hasRoom({ ...book.trunk(id), _id: id })) return this.refuse(sip, 'trunkFull')
      lines.hold(id, sip)
    }
    let room: Call['room'] | undefined
    let leg: RtpLeg
    let sdp: string
    try {
      room = await media.openRoom()
      leg = await room.addRtp()
      sdp = sip.offer ? leg.answer(sip.offer).sdp : leg.offer()
    } catch (error) {
      await room?.close()
      if (!(error instanceof YiluError)) onError(error)
      return this.refuse(sip, refusalOf(error))
    }
    if (sip.offer) await playRingback(sip, leg, sdp, this.options, account._id)
    // given up meanwhile: nobody was there
    if (sip.state === 'ended') return room.close()
    const number = normalPhone(sip.remote.number)
    const call = this.begin(account, room, {
      direction: 'in',
      ourNumber: sip.local.number,
      ...(number && { number }),
    })
    call.attach(sipEnd(sip, leg))
    followSip(sip, leg, call)
    sip.onEnded = ({ by }) => void call.over(endedBy(by))
    sip.onAnswer = (theirs) => {
      try {
        leg.accept(theirs)
      } catch {
        sip.hangUp({ reason: 'no usable session description' })
      }
    }
    try {
      // on disk before the caller is told that we are there
      await call.receive({ kind: 'call', call: call.about.call, ...langOf(account) })
      await sip.answer(sdp)
      await call.answered()
    } catch (error) {
      onError(error)
      sip.hangUp({ status: 503 })
      await call.over('fault')
    }
  }

  private refuse(sip: IncomingCall, why: Refusal): void {
    this.refused.set(why, (this.refused.get(why) ?? 0) + 1)
    const { status, ...told }: Told = refusals[why]
    sip.refuse(status, told)
  }

  /** A contact's browser proposes a line. @returns the SDP answer */
  async openBrowser(
    about: BrowserAbout,
    sdp: string,
    onEnded: () => void,
  ): Promise<{ call: Call; sdp: string }> {
    const { onError } = this.options
    const { known } = about
    if (known) {
      const leg = await known.room.addWebRtc(sdp)
      const hangUp = () => this.endBrowser(known, onEnded)
      known.reattach(browserEnd({ call: known, leg, hangUp, onError }))
      return { call: known, sdp: leg.answerSdp }
    }
    if (this.stopping) fail('SHUTTING_DOWN')
    const room = await this.options.media.openRoom()
    const account = { _id: about.accountId, record: !about.unrecorded }
    const call = this.begin(account, room, { direction: 'in', ...about.call })
    call.identity = about.identity
    try {
      const leg = await room.addWebRtc(sdp)
      const hangUp = () => this.endBrowser(call, onEnded)
      call.attach(browserEnd({ call, leg, hangUp, onError }))
      const { lang, beside, conversationId } = about
      await call.receive({
        ...{ kind: 'call', call: call.about.call, lang },
        ...(beside && { beside }),
        ...(conversationId && { conversationId }),
      })
      return { call, sdp: leg.answerSdp }
    } catch (error) {
      await call.over('fault')
      throw error
    }
  }

  private endBrowser(call: Call, onEnded: () => void): void {
    onEnded()
    void call.over('us').catch(this.options.onError)
  }

  // ---- calls out -------------------------------------------------------------------------------

  callNumber(about: OutgoingAbout): Promise<{ call: Call; answered: Promise<boolean> }> {
    return this.out.callNumber(about)
  }

  dial(call: Call, to: Destination, callerNumber?: string, ringMs?: number): Promise<OutgoingCall> {
    return this.out.dial(call, to, callerNumber, ringMs)
  }

  /**
   * A conversation changed, on whatever channel: an agent who took somebody that asked to be called is connected
   * with them. Where the agent cannot talk at this moment the number stays on their screen, to be dialled there.
   */
  calledBack({ before, after }: Pick<Committed, 'before' | 'after'>): void {
    const { _id, state, callback, agentId } = after
    if (state !== 'agent' || !callback || !agentId) return
    // taken just now: nothing that is said or noted later dials a second time
    if (before?.state === 'agent' && before.agentId === agentId) return
    const { conversations, onError } = this.options
    if (this.call(_id)?.isOver === false)
      return void conversations
        .change(_id, (current) => ({ next: { ...current, callback: undefined }, drafts: [] }))
        .catch(onError)
    if (this.canTalk(agentId)) void this.out.callBack(after).catch(onError)
  }

  /** Their telephone is there, and they are in no other call. */
  private canTalk(agentId: string): boolean {
    const agent = this.options.agent(agentId)
    if (!agent || (agent.device.kind === 'browser' && !agent.connected)) return false
    for (const call of this.calls) if (!call.isOver && call.parties.ofStaff(agentId)) return false
    return true
  }

  // ---- one call --------------------------------------------------------------------------------

  private begin(
    account: Pick<Account, '_id' | 'record'>,
    room: Call['room'],
    about: LegCall,
  ): Call {
    const threadKey = newId()
    const call: Call = new Call(
      { accountId: account._id, threadKey, call: about, record: account.record !== false },
      room,
      this.options,
      {
        onChange: () => this.publish(call),
        onClosed: () => this.closed(call),
        transfer: (_call, { to, ringSeconds }) =>
          this.out.transfer(call, { kind: to.kind, number: to.value }, ringSeconds * 1000),
        connectAgent: (_call, agentId) => this.phones.connect(call, agentId, this),
      },
    )
    call.identity = identityOf(about.number, threadKey)
    this.byThread.set(threadKey, call)
    return call
  }

  private closed(call: Call): void {
    this.byThread.delete(call.about.threadKey)
    this.phones.over(call)
    const { conversation } = call
    if (!conversation) return
    this.publish(call)
    setTimeout(() => {
      if (this.byConversation.get(conversation._id) === call)
        this.byConversation.delete(conversation._id)
    }, ENDED_SHOWN_MS).unref()
  }

  private publish(call: Call): void {
    if (!call.conversation) return
    const card = callCard(call)
    const text = JSON.stringify(card)
    if (this.shown.get(call) === text) return
    this.shown.set(call, text)
    this.options.publish(card)
  }
}

const langOf = ({ lang }: Account): { lang?: string } => (lang ? { lang } : {})
