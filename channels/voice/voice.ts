/**
 * Telephone calls as a channel: whoever calls in gets a leg in the media engine and in a conversation; the
 * same flow, queue and desk serve it as any other. Signalling is channels/sip's, audio the media engine's.
 */
import type { Conversation, LegCall } from '../../gateway/domain/conversation.ts'
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
import type { IncomingCall, SipCall } from '../sip/sip-engine.ts'
import { AgentPhones } from './agent-phones.ts'
import { Call } from './call.ts'
import { callCard } from './call-card.ts'
import type { Destination, OutgoingCall } from './outgoing.ts'
import { callOut, ringback } from './outgoing.ts'
import { e164 } from './phone-number.ts'
import type { VoiceOptions } from './voice-options.ts'

const RETRY_AFTER_SECONDS = 5
/** somebody who is called back looks for their telephone */
const RING_MS = 45_000
/** An ended call stays on the agent's screen for a moment. */
const ENDED_SHOWN_MS = 5_000

export interface OutgoingAbout {
  number: string
  callerNumber?: string
  accountId?: string
  conversationId?: string
  flowId?: string
  agentId?: string
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
  private readonly byThread = new Map<string, Call>()
  private readonly byConversation = new Map<string, Call>()
  private readonly options: VoiceOptions
  private stopping = false
  /** the cards as they were told last */
  private readonly shown = new WeakMap<Call, string>()

  constructor(options: VoiceOptions) {
    this.options = options
    this.phones = new AgentPhones(options)
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

  changed(leg: ThreadOf & { id: string }, change: Committed): void {
    const { after, before } = change
    const call = this.byThread.get(leg.threadKey)
    if (call) {
      this.byConversation.set(after._id, call)
      call.follow(change)
      this.phones.follow(call, after, this)
    }
    const taken = after.state === 'agent' && before?.state !== 'agent'
    if (taken && after.callback && leg.id === after.legs.at(-1)?.id && !this.call(after._id))
      void this.callBack(after).catch(this.options.onError)
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
      call.hangUp('server stopping')
      return call.over('restart')
    })
    await Promise.all(over).catch(onError)
    await sip?.stop()
    await media.stop()
  }

  // ---- calls in --------------------------------------------------------------------------------

  private async incoming(sip: IncomingCall): Promise<void> {
    const { book, media, onError } = this.options
    const account = book.account(sip.local.number)
    if (!account) return sip.refuse(404)
    if (this.stopping) return sip.refuse(503, { retryAfterSeconds: RETRY_AFTER_SECONDS })
    let leg: RtpLeg
    let sdp: string
    let call: Call
    try {
      const room = await media.openRoom()
      const number = e164(sip.remote.number)
      call = this.begin(account, room, {
        direction: 'in',
        ourNumber: sip.local.number,
        ...(number && { number }),
      })
      leg = await room.addRtp()
      sdp = sip.offer ? leg.answer(sip.offer).sdp : leg.offer()
      call.attach(sipEnd(sip, leg))
    } catch (error) {
      if (!(error instanceof YiluError)) onError(error)
      return refuse(sip, error)
    }
    followSip(sip, leg, call)
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

  /** A visitor's browser proposes a line. @returns the SDP answer */
  async openBrowser(
    about: {
      accountId: string
      identity: Envelope['identity']
      conversationId?: string
      lang: string
    },
    sdp: string,
    onEnded: () => void,
  ): Promise<{ call: Call; sdp: string }> {
    const known = about.conversationId && this.byConversation.get(about.conversationId)
    if (known) {
      const leg = await known.room.addWebRtc(sdp)
      known.reattach({ device: 'browser', leg, hangUp: () => this.endBrowser(known, onEnded) })
      return { call: known, sdp: leg.answerSdp }
    }
    if (this.stopping) fail('SHUTTING_DOWN')
    const room = await this.options.media.openRoom()
    const call = this.begin({ _id: about.accountId, record: true }, room, { direction: 'in' })
    call.identity = about.identity
    try {
      const leg = await room.addWebRtc(sdp)
      call.attach({ device: 'browser', leg, hangUp: () => this.endBrowser(call, onEnded) })
      leg.onConnected = (connected) => {
        if (connected) void call.answered().catch(this.options.onError)
      }
      await call.receive({
        kind: 'call',
        call: call.about.call,
        lang: about.lang,
        ...(about.conversationId && { conversationId: about.conversationId }),
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

  /**
   * Calls a number; once it is known how that went, `answered` tells. The conversation belongs to the agent
   * from the first moment, or the flow speaks as soon as somebody answers.
   */
  async callNumber(about: OutgoingAbout): Promise<{ call: Call; answered: Promise<boolean> }> {
    const { media, book, sip } = this.options
    const number = e164(about.number) ?? fail('BAD_NUMBER')
    if (!sip) fail('TELEPHONY_OFF')
    const account = book.account(about.callerNumber ?? '') ?? book.account('*')
    const room = await media.openRoom()
    const { agentId, flowId, conversationId } = about
    const call = this.begin(
      { _id: about.accountId ?? account?._id ?? 'phone', record: account?.record },
      room,
      {
        direction: 'out',
        number,
        ...(about.callerNumber && { ourNumber: about.callerNumber }),
        ...(agentId && { agentId }),
        ...(flowId && { flowId }),
      },
    )
    const joins = {
      kind: 'call',
      call: call.about.call,
      ...(conversationId && { conversationId }),
    } as const
    let out: OutgoingCall
    try {
      if (agentId || conversationId) await call.receive(joins)
      out = await this.dial(call, { kind: 'number', number: about.number }, about.callerNumber)
    } catch (error) {
      await call.over('fault')
      throw error
    }
    call.attach(sipEnd(out.sip, out.leg))
    followSip(out.sip, out.leg, call)
    void out.ended.then(async ({ by, outcome }) => {
      if (!call.answeredAt) call.outcome = outcome ?? 'failed'
      await call.over(call.answeredAt ? endedBy(by) : (outcome ?? 'failed'))
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
    return { call, answered }
  }

  /** Calls a telephone into the room of a call; whoever waits for it hears that it rings. */
  dial(
    call: Call,
    to: Destination,
    callerNumber?: string,
    ringMs = RING_MS,
  ): Promise<OutgoingCall> {
    const { sip, book } = this.options
    const shown = callerNumber ?? call.about.call.ourNumber
    return callOut({
      sip: sip ?? fail('TELEPHONY_OFF'),
      book,
      room: call.room,
      to,
      ...(shown && to.kind === 'number' && callerNumber && { callerNumber: shown }),
      ...(call.about.call.number &&
        to.kind === 'extension' && { callerNumber: call.about.call.number }),
      ringMs,
      onRinging: (early) => {
        if (early) return
        for (const { leg, kind } of call.parties.list)
          if (kind === 'agent') leg?.play(ringback, { loop: true })
      },
    }).then((out) => {
      void out.answered.then(() => {
        for (const { leg, kind } of call.parties.list) if (kind === 'agent') leg?.stopPlaying()
      })
      return out
    })
  }

  private async callBack(conversation: Conversation): Promise<void> {
    const { number, accountId } = conversation.callback!
    const { conversations, onError } = this.options
    await conversations.change(conversation._id, (current) =>
      current.callback ? { next: { ...current, callback: undefined }, drafts: [] } : undefined,
    )
    await this.callNumber({
      number,
      accountId,
      conversationId: conversation._id,
      agentId: conversation.agentId!,
    }).catch((error: unknown) => {
      onError(error)
    })
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
          this.transfer(call, { kind: to.kind, number: to.value }, ringSeconds * 1000),
        connectAgent: (_call, agentId) => this.phones.connect(call, agentId, this),
      },
    )
    call.identity = identityOf(about.number, threadKey)
    this.byThread.set(threadKey, call)
    return call
  }

  /** The flow hands the call to a telephone. @returns how it went, once it is over */
  private async transfer(call: Call, to: Destination, ringMs: number): Promise<string> {
    const { contact } = call.parties
    contact?.leg?.play(ringback, { loop: true })
    try {
      const out = await this.dial(call, to, undefined, ringMs)
      const answered = await out.answered
      contact?.leg?.stopPlaying()
      if (!answered) return (await out.ended).outcome ?? 'failed'
      call.parties.add({
        kind: 'third',
        name: to.number,
        number: to.number,
        device: 'telephone',
        leg: out.leg,
        sip: out.sip,
      })
      await out.ended
      const party = call.parties.list.find(({ sip }) => sip === out.sip)
      if (party) call.parties.remove(party)
      return 'completed'
    } catch (error) {
      contact?.leg?.stopPlaying()
      if (!(error instanceof YiluError)) this.options.onError(error)
      return error instanceof YiluError && error.code === 'EXTENSION_AWAY'
        ? 'unavailable'
        : 'failed'
    }
  }

  private closed(call: Call): void {
    this.byThread.delete(call.about.threadKey)
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

const endedBy = (by: 'us' | 'them' | 'fault'): string => (by === 'them' ? 'contact' : by)

function sipEnd(sip: SipCall, leg: RtpLeg) {
  return {
    device: 'telephone' as const,
    leg,
    hangUp: (reason?: string) => sip.hangUp(reason ? { reason } : {}),
  }
}

/** What the telephone does while the call lasts: holds, changes its address, presses keys, hangs up. */
function followSip(sip: SipCall, leg: RtpLeg, call: Call): void {
  sip.onOffer = async (theirs) => (theirs ? leg.answer(theirs).sdp : leg.offer())
  sip.onDigit = (digit) => call.key(digit)
  if (sip.direction === 'in') sip.onEnded = ({ by }) => void call.over(endedBy(by))
}

function refuse(sip: IncomingCall, error: unknown): void {
  const code = error instanceof YiluError ? error.code : 'INTERNAL'
  if (code === 'CALLS_FULL') return sip.refuse(503, { retryAfterSeconds: RETRY_AFTER_SECONDS })
  if (code === 'NO_COMMON_CODEC' || code === 'BAD_SDP') return sip.refuse(488)
  sip.refuse(500)
}

function identityOf(number: string | undefined, threadKey: string): Envelope['identity'] {
  return number
    ? { kind: 'phone', scope: '', value: number, assurance: 'observed' }
    : // withheld: nobody can be recognised by it
      { kind: 'phone', scope: 'anonymous', value: threadKey, assurance: 'observed' }
}

const langOf = ({ lang }: Account): { lang?: string } => (lang ? { lang } : {})
