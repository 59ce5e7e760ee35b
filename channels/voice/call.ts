/**
 * One call of a contact: what the conversation decides is done here. The bot's words are said in their order,
 * answers listened for, waiting filled with music, agents connected; at the end it hangs up.
 */
import type { Conversation, Expecting, LegCall } from '../../gateway/domain/conversation.ts'
import { turnOwner } from '../../gateway/domain/conversation.ts'
import type { Message, Part, Spoken } from '../../gateway/domain/message.ts'
import { plainText } from '../../gateway/domain/message.ts'
import { newId } from '../../gateway/store/id.ts'
import type { Leg, PlaySource, Room } from '../../media/media.ts'
import type { Committed, Envelope } from '../channel.ts'
import { CallRecording } from './call-recording.ts'
import type { ContactEnd } from './contact-end.ts'
import type { Heard } from './listener.ts'
import { LineQuality } from './line-quality.ts'
import { Listener } from './listener.ts'
import { MessageTaker } from './message-taker.ts'
import { Parties } from './parties.ts'
import type { Party } from './party.ts'
import { PlayedToAll } from './played-to-all.ts'
import { Speaker } from './speaker.ts'
import type { VoiceOptions } from './voice-options.ts'
import { WaitingLine } from './waiting-line.ts'

/** An agent whose line does not come up in that time does not get the call. */
const LINE_WITHIN_MS = 30_000
/** the store was away when a call ended */
const TELL_AGAIN_MS = 1000

export interface CallAbout {
  accountId: string
  threadKey: string
  call: LegCall
  record: boolean
}

export interface CallHooks {
  /** the contact's end is gone and everything of the call closed */
  onClosed: () => void
  onChange: () => void
  /** the flow passes the call to a telephone */
  transfer: (call: Call, to: Extract<Expecting, { kind: 'transfer' }>) => Promise<string>
  /** connects the agent who took the conversation */
  connectAgent: (call: Call, agentId: string) => void
}

export class Call {
  readonly about: CallAbout
  readonly room: Room
  readonly parties: Parties
  readonly startedAt: Date
  conversation: Conversation | undefined
  answeredAt: Date | undefined
  endedAt: Date | undefined
  readonly recording: CallRecording
  readonly played: PlayedToAll
  outcome: string | undefined
  /** the conversation is known, the agent's console may look at it */
  readonly known: Promise<Conversation>
  private tellKnown!: (conversation: Conversation) => void
  private end: ContactEnd | undefined
  private speaker: Speaker | undefined
  private listener: Listener | undefined
  private waiting: WaitingLine | undefined
  private expectingId: string | undefined
  private agentId: string | undefined
  private lineTimer: NodeJS.Timeout | undefined
  private readonly messages: MessageTaker
  private readonly quality: LineQuality
  /** agents whose line came up, each told of once */
  private readonly answeredBy = new Set<string>()
  private closing = false
  private readonly spoken = new Set<string>()
  private readonly options: VoiceOptions
  private readonly hooks: CallHooks

  constructor(about: CallAbout, room: Room, options: VoiceOptions, hooks: CallHooks) {
    this.about = about
    this.room = room
    this.options = options
    this.hooks = hooks
    this.startedAt = new Date(options.now())
    this.known = new Promise((resolve) => (this.tellKnown = resolve))
    const onChange = () => this.changed()
    this.recording = new CallRecording({ ...options, room, onChange })
    this.played = new PlayedToAll(onChange)
    this.messages = new MessageTaker(this, options)
    this.parties = new Parties({
      room,
      recording: this.recording,
      music: () =>
        options.music({
          accountId: about.accountId,
          ...(this.conversation?.queueId && { queueId: this.conversation.queueId }),
        }),
      onConnected: (party) => this.met(party),
      onChange,
      onError: options.onError,
    })
    this.quality = new LineQuality({
      parties: () => this.parties.list,
      onChange,
      onError: options.onError,
    })
    room.onLost = () => {
      // told first, so that the hanging up that follows does not count as ours
      void this.over('fault')
      this.end?.hangUp('media failure')
    }
  }

  get isOver(): boolean {
    return this.endedAt !== undefined
  }

  /** The contact's end is there; it listens only once `answered` was called. */
  attach(end: ContactEnd): void {
    this.end = end
    const { leg } = end
    const { asr, onError } = this.options
    const known = this.parties.contact
    if (known) this.parties.connected(known, leg)
    else this.parties.add({ kind: 'contact', name: '', device: end.device, leg, state: 'ringing' })
    this.speaker ??= new Speaker({ leg: () => this.end!.leg, onError })
    this.listener ??= new Listener({
      leg: () => this.end!.leg,
      speaker: this.speaker,
      asr,
      onHeard: (heard) => this.heard(heard),
      onError,
    })
    leg.onDigit = (digit) => this.key(digit)
  }

  /** A browser came back on a new line: what was going on goes on there. */
  reattach(end: ContactEnd): void {
    const before = this.end?.leg
    const { contact } = this.parties
    if (contact) this.parties.disconnected(contact)
    this.attach(end)
    before?.close()
    this.waiting?.resume()
  }

  /** Is that the contact's line at this moment, up or not? */
  isAt(leg: Leg): boolean {
    return this.end?.leg === leg
  }

  async answered(): Promise<void> {
    if (this.answeredAt || this.isOver) return
    this.answeredAt = new Date(this.options.now())
    this.outcome = 'answered'
    this.parties.contact!.state = 'connected'
    this.parties.arrange()
    this.speaker!.begin()
    if (this.about.call.direction === 'out') this.noteAnswered('contact')
    if (!this.about.record) return
    const conversation = await this.known
    if (!this.isOver)
      await this.recording
        .begin(conversation, this.about.call.number, this.parties.list)
        .catch(this.options.onError)
  }

  key(digit: string): void {
    const { conversation } = this
    // the hash key ends a message, other keys are nothing in it
    if (conversation?.expecting?.kind === 'voicemail')
      return void (digit === '#' && this.messages.finish())
    const byHand = conversation && turnOwner(conversation.state) === 'agent'
    if (byHand || this.parties.list.some(({ kind }) => kind === 'third'))
      return this.parties.contactPressed(digit)
    this.listener?.key(digit)
  }

  /** The conversation changed, and this is what was said to its contact's end. */
  follow({ before, after, messages }: Committed): void {
    this.conversation = after
    this.tellKnown(after)
    const leg = after.legs.find(({ threadKey }) => threadKey === this.about.threadKey)
    const said = messages.filter(
      ({ direction, legId, author }) =>
        direction === 'out' && legId === leg?.id && author.kind !== 'agent',
    )
    if (before && before.state !== after.state) this.stateChanged(before, after)
    for (const message of said) this.say(message)
    if (after.expecting?.id !== this.expectingId) this.expect(after.expecting)
    this.goOn(after)
    this.changed()
  }

  wasSaid(messageId: string): boolean {
    return this.spoken.has(messageId)
  }

  private get lang(): string {
    return this.conversation?.lang ?? 'zh-CN'
  }

  /** Who speaks what no flow says, so that callers hear one voice throughout: that of the flow they are in. */
  houseVoice(locale = this.lang): Spoken {
    return this.conversation ? this.options.voiceOf(this.conversation, locale) : {}
  }

  /** What a text sounds like to this contact. */
  async sound(text: string, how = this.houseVoice(), locale = this.lang): Promise<PlaySource> {
    const { voice, speed, personal } = how
    const spoken = await this.options.speech.say({
      ...{ text, locale },
      ...(voice && { voice }),
      ...(speed !== undefined && { rate: speed }),
      ...(personal && { personal }),
    })
    return 'file' in spoken ? { files: [spoken.file] } : spoken
  }

  /** Plays to everybody in the call but those who only listen. */
  async playToAll(source: PlaySource): Promise<void> {
    const legs = this.parties.list.flatMap(({ leg, kind, state }) =>
      leg && kind !== 'supervisor' && state === 'connected' ? [leg] : [],
    )
    await this.played.play(legs, source)
    if (!this.isOver && !this.played.playing) this.parties.resumeMusic()
  }

  /** Ends the contact's call; the conversation is told by `over`, when the end is gone. */
  hangUp(reason?: string): void {
    if (this.end) this.end.hangUp(reason)
    else void this.over('fault')
  }

  /**
   * The contact's end is gone. Never rejects: whatever fails, the conversation is told.
   * @param by contact, us, fault, restart, or why a call out was not answered
   */
  async over(by: string): Promise<void> {
    if (this.isOver) return
    this.endedAt = new Date(this.options.now())
    clearTimeout(this.lineTimer)
    this.quality.watch(false)
    this.waiting?.stop()
    this.listener?.stop()
    this.speaker?.cut()
    this.played.stop()
    const { onError } = this.options
    this.changed()
    this.parties.close()
    this.hooks.onClosed()
    await this.messages.finish()
    await this.recording.finish(this.conversation, this.served).catch(onError)
    await this.room.close().catch(onError)
    await this.tellEnd(by === 'us' ? (this.closing ? 'bot' : 'agent') : by)
  }

  /** A conversation that never hears of the end would hold its agent for ever. */
  private async tellEnd(outcome: string): Promise<void> {
    for (;;) {
      try {
        await this.receive({ kind: 'hangUp', outcome })
        return
      } catch (error) {
        this.options.onError(error)
        await new Promise((resolve) => setTimeout(resolve, TELL_AGAIN_MS).unref())
      }
    }
  }

  receive(about: Pick<Envelope, 'kind'> & Partial<Envelope>): Promise<unknown> {
    const { accountId, threadKey } = this.about
    return this.options.receive({
      accountId,
      channel: 'voice',
      threadKey,
      // a leg ends once, however often it is noticed
      dedupeKey: about.kind === 'hangUp' ? `${threadKey}:hangUp` : newId(),
      identity: this.identity,
      parts: [],
      ...about,
    })
  }

  identity: Envelope['identity'] = { kind: 'phone', scope: '', value: '', assurance: 'observed' }

  private changed(): void {
    this.hooks.onChange()
  }

  private stateChanged(before: Conversation, after: Conversation): void {
    const { state } = after
    if (state === 'agent' || state === 'bot' || state === 'closed') this.stopWaiting()
    if (state === 'agent' || state === 'wrapUp') this.speaker?.cut()
    if (before.state !== 'agent' || state === 'agent') return
    this.played.stop()
    // passed on to somebody outside, the flow keeps silent; else those the agent brought in go with the agent
    const passedOn = state === 'wrapUp' && !after.expecting && !after.flowEnded
    if (!passedOn) this.parties.removeThirds()
  }

  /** One who is called out to is not answered by the agent who called. */
  private met({ kind, staffId }: Party): void {
    const { direction } = this.about.call
    if (kind !== 'agent' || !staffId || direction === 'out' || this.answeredBy.has(staffId)) return
    this.answeredBy.add(staffId)
    this.noteAnswered(staffId)
  }

  /** @param by contact, or the agent's id */
  private noteAnswered(by: string): void {
    const { note, onError } = this.options
    void this.known.then(({ _id }) => note(_id, 'callAnswered', { by })).catch(onError)
  }

  private say(message: Message): void {
    this.spoken.add(message._id)
    const { spoken, parts, lang } = message
    const text = spoken?.speak ?? plainText(parts.filter(({ type }) => type === 'text'))
    const audio = spoken?.audio
    if (!text && !audio) return
    const source = audio
      ? this.recorded(audio).catch(() => this.sound(text, spoken, lang))
      : this.sound(text, spoken, lang)
    void this.speaker?.say(source)
  }

  private async recorded(blobId: string): Promise<PlaySource> {
    return { files: [await this.options.audioFile(blobId)] }
  }

  private expect(expecting: Expecting | undefined): void {
    this.expectingId = expecting?.id
    // somebody took the conversation in the middle of the message: it is kept all the same
    void this.messages.finish()
    const { listener, speaker } = this
    if (!expecting || !listener || !speaker) return listener?.stop()
    const still = () => this.expectingId === expecting.id && !this.isOver
    switch (expecting.kind) {
      case 'answer':
        return listener.expect(expecting, this.conversation!.lang)
      case 'voicemail':
        listener.stop()
        void speaker.quiet().then(() => {
          if (still()) void this.messages.take(this.end!.leg, expecting, still)
        })
        return
      case 'transfer':
        listener.stop()
        void speaker.quiet().then(async () => {
          if (!still()) return
          const outcome = await this.hooks.transfer(this, expecting)
          if (still()) this.tell({ kind: 'transferred', outcome })
        })
    }
  }

  /** What the state of the conversation asks of the line. */
  private goOn(after: Conversation): void {
    const { state } = after
    this.parties.talking =
      state === 'agent' || this.parties.list.some(({ kind }) => kind === 'third')
    this.quality.watch(this.parties.talking && !this.isOver)
    if (state === 'closed' || (state === 'wrapUp' && after.flowEnded)) return this.finish()
    if (state === 'queued' || state === 'offered') {
      this.dropAgent()
      if (after.callback) return this.finish()
      return this.waitInLine(after)
    }
    if (state === 'agent' && after.agentId) return this.connect(after.agentId)
    this.dropAgent()
    this.parties.arrange()
  }

  /** Hangs up once everything was said. */
  private finish(): void {
    if (this.parties.list.some(({ kind }) => kind === 'third')) return
    this.closing = true
    this.stopWaiting()
    this.dropAgent()
    void (this.speaker?.quiet() ?? Promise.resolve()).then(() => {
      // unless an agent took it meanwhile
      if (this.closing) this.hangUp()
    })
  }

  private waitInLine(after: Conversation): void {
    if (this.waiting || !this.speaker) return
    const { speaker } = this
    void speaker.quiet().then(() => {
      const now = this.conversation
      const waits = now?.state === 'queued' || now?.state === 'offered'
      if (this.waiting || this.isOver || !waits) return
      this.listener?.forget()
      const voice = this.options.queue(after.queueId ?? '')?.voice ?? {}
      this.waiting = new WaitingLine({
        leg: () => this.end!.leg,
        voice,
        music: () => {
          const { queueId } = this.conversation ?? after
          const { accountId } = this.about
          return this.options.music({ accountId, ...(queueId && { queueId }) })
        },
        place: () => this.options.position(after._id),
        speak: (text) => this.sound(text),
        lang: after.lang,
        onError: this.options.onError,
      })
    })
  }

  private stopWaiting(): void {
    this.waiting?.stop()
    this.waiting = undefined
  }

  private connect(agentId: string): void {
    this.closing = false
    this.stopWaiting()
    if (this.agentId === agentId) return this.parties.arrange()
    this.dropAgent()
    this.agentId = agentId
    this.hooks.connectAgent(this, agentId)
    this.parties.arrange()
    clearTimeout(this.lineTimer)
    this.lineTimer = setTimeout(() => {
      if (this.parties.ofStaff(agentId)?.state === 'connected') return
      void this.options
        .agentUnreachable(this.conversation!._id, agentId)
        .catch(this.options.onError)
    }, LINE_WITHIN_MS)
  }

  private dropAgent(): void {
    clearTimeout(this.lineTimer)
    this.parties.held = false
    this.parties.endConsultation()
    const party = this.agentId && this.parties.ofStaff(this.agentId)
    this.agentId = undefined
    if (party) this.parties.remove(party)
  }

  private heard(heard: Heard): void {
    const parts: Part[] =
      heard.by === 'keys'
        ? [{ type: 'keys', digits: heard.digits }]
        : heard.by === 'speech'
          ? [{ type: 'speech', nbest: heard.nbest }]
          : []
    this.tell({ kind: heard.by === 'silence' ? 'silence' : 'message', parts })
  }

  tell(about: Parameters<Call['receive']>[0]): void {
    void this.receive(about).catch(this.options.onError)
  }

  /** everybody of the staff who was on the line */
  served: string[] = []
}
