/**
 * One call of a contact: what the conversation decides is done here. The bot's words are said in their order,
 * answers listened for, waiting filled with music, agents connected; at the end it hangs up.
 */
import { rm } from 'node:fs/promises'
import type { Conversation, Expecting, LegCall } from '../../gateway/domain/conversation.ts'
import { turnOwner } from '../../gateway/domain/conversation.ts'
import type { Message, Part } from '../../gateway/domain/message.ts'
import { plainText } from '../../gateway/domain/message.ts'
import { newId } from '../../gateway/store/id.ts'
import type { Leg, PlaySource, Room } from '../../media/media.ts'
import type { Committed, Envelope } from '../channel.ts'
import type { ContactEnd } from './contact-end.ts'
import type { Heard } from './listener.ts'
import { Listener } from './listener.ts'
import { Parties } from './parties.ts'
import { Speaker } from './speaker.ts'
import { leaveVoicemail } from './voicemail.ts'
import type { VoiceOptions } from './voice-options.ts'
import { WaitingLine } from './waiting-line.ts'

/** An agent whose line does not come up in that time does not get the call. */
const LINE_WITHIN_MS = 30_000
const BEEP: PlaySource = { tone: { hz: [1000], onMs: 400, offMs: 0, level: 0.3 } }

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
  playing = false
  recordingState: 'off' | 'on' | 'paused' = 'off'
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
  private finishVoicemail: (() => Promise<void>) | undefined
  private recordingId: string | undefined
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
    this.parties = new Parties({
      room,
      music: () => options.music(),
      onChange: () => this.changed(),
      onError: options.onError,
    })
    room.onLost = () => this.hangUp('media failure')
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
    this.end?.leg.close()
    this.attach(end)
    this.parties.arrange()
  }

  async answered(): Promise<void> {
    if (this.answeredAt || this.isOver) return
    this.answeredAt = new Date(this.options.now())
    this.outcome = 'answered'
    this.parties.contact!.state = 'connected'
    this.parties.arrange()
    this.speaker!.begin()
    if (this.about.record) await this.record().catch(this.options.onError)
  }

  key(digit: string): void {
    if (this.finishVoicemail) {
      if (digit === '#') void this.finishVoicemail()
      return
    }
    if (this.conversation && turnOwner(this.conversation.state) === 'agent') return
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
    if (before && before.state !== after.state) this.stateChanged(after)
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

  /** What a text sounds like to this contact. */
  async sound(text: string, personal = false, locale = this.lang): Promise<PlaySource> {
    const spoken = await this.options.speech.say({
      text,
      locale,
      ...(personal && { personal }),
    })
    return 'file' in spoken ? { files: [spoken.file] } : spoken
  }

  /** Plays to everybody in the call. */
  async playToAll(source: PlaySource): Promise<void> {
    const legs = this.parties.list.flatMap(({ leg, kind }) =>
      leg && kind !== 'supervisor' ? [leg] : [],
    )
    this.playing = true
    this.changed()
    const files = 'files' in source ? source : undefined
    // a stream can be listened to once: only the contact hears it
    const played = (files ? legs : legs.slice(0, 1)).map((leg) => leg.play(source).ended)
    await Promise.all(played)
    this.playing = false
    this.changed()
  }

  stopPlaying(): void {
    for (const { leg } of this.parties.list) leg?.stopPlaying()
  }

  pauseRecording(on: boolean): void {
    if (this.recordingState === 'off') return
    this.parties.recording?.pause(on)
    this.recordingState = on ? 'paused' : 'on'
    this.changed()
  }

  /** Ends the contact's call; the conversation is told by `over`, when the end is gone. */
  hangUp(reason?: string): void {
    if (this.end) this.end.hangUp(reason)
    else void this.over('fault')
  }

  /** The contact's end is gone. @param by contact, agent, bot, fault */
  async over(by: string): Promise<void> {
    if (this.isOver) return
    this.endedAt = new Date(this.options.now())
    clearTimeout(this.lineTimer)
    this.waiting?.stop()
    this.listener?.stop()
    this.speaker?.cut()
    this.changed()
    try {
      await this.finishVoicemail?.()
      await this.stopRecording()
      this.parties.close()
      await this.room.close()
    } catch (error) {
      this.options.onError(error)
    }
    this.hooks.onClosed()
    await this.receive({ kind: 'hangUp', outcome: this.closing && by === 'us' ? 'bot' : by })
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

  private stateChanged(after: Conversation): void {
    const { state } = after
    if (state === 'agent' || state === 'bot' || state === 'closed') this.stopWaiting()
    if (state === 'agent' || state === 'wrapUp') this.speaker?.cut()
  }

  private say(message: Message): void {
    this.spoken.add(message._id)
    const { spoken, parts, lang } = message
    const text = spoken?.speak ?? plainText(parts.filter(({ type }) => type === 'text'))
    const audio = spoken?.audio
    if (!text && !audio) return
    const source = audio
      ? this.recorded(audio).catch(() => this.sound(text, spoken.personal, lang))
      : this.sound(text, spoken?.personal, lang)
    void this.speaker?.say(source)
  }

  private async recorded(blobId: string): Promise<PlaySource> {
    return { files: [await this.options.audioFile(blobId)] }
  }

  private expect(expecting: Expecting | undefined): void {
    this.expectingId = expecting?.id
    const { listener, speaker } = this
    if (!expecting || !listener || !speaker) return listener?.stop()
    const still = () => this.expectingId === expecting.id && !this.isOver
    switch (expecting.kind) {
      case 'answer':
        return listener.expect(expecting, this.conversation!.lang)
      case 'voicemail':
        listener.stop()
        void speaker.quiet().then(() => {
          if (still()) void this.takeVoicemail(expecting).catch(this.options.onError)
        })
        return
      case 'transfer':
        listener.stop()
        void speaker.quiet().then(async () => {
          if (!still()) return
          const outcome = await this.hooks.transfer(this, expecting)
          if (still()) await this.receive({ kind: 'transferred', outcome })
        })
    }
  }

  /** What the state of the conversation asks of the line. */
  private goOn(after: Conversation): void {
    const { state } = after
    this.parties.talking =
      state === 'agent' || this.parties.list.some(({ kind }) => kind === 'third')
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
    void (this.speaker?.quiet() ?? Promise.resolve()).then(() => this.hangUp())
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
        music: () => (voice.music ? this.options.audioFile(voice.music) : this.options.music()),
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
    const kind = heard.by === 'silence' ? 'silence' : 'message'
    void this.receive({ kind, parts }).catch(this.options.onError)
  }

  private async takeVoicemail(wanted: Extract<Expecting, { kind: 'voicemail' }>): Promise<void> {
    const leg: Leg = this.end!.leg
    await leg.play(BEEP).ended
    if (this.isOver) return
    const message = await leaveVoicemail(this, leg, wanted, this.options)
    let finished: Promise<void> | undefined
    this.finishVoicemail = () =>
      (finished ??= message.stop().then(async (parts) => {
        this.finishVoicemail = undefined
        await this.receive(parts ? { kind: 'message', parts } : { kind: 'silence' })
      }))
    void message.full.then(() => this.finishVoicemail?.()).catch(this.options.onError)
  }

  private async record(): Promise<void> {
    const conversation = await this.known
    const { id, file } = await this.options.recordings.begin({
      conversationId: conversation._id,
      contactId: conversation.contactId,
      kind: 'call',
      ...(this.about.call.number && { number: this.about.call.number }),
      ...(conversation.queueId && { queueId: conversation.queueId }),
    })
    if (this.isOver) return void (await rm(file, { force: true }))
    const sides = { left: [] as string[], right: [] as string[] }
    for (const { kind, leg } of this.parties.list)
      if (leg) sides[kind === 'contact' ? 'left' : 'right'].push(leg.id)
    this.recordingId = id
    this.parties.recording = await this.room.record(file, sides)
    this.recordingState = 'on'
    this.changed()
  }

  private async stopRecording(): Promise<void> {
    const { recording } = this.parties
    if (!recording || !this.recordingId) return
    this.parties.recording = undefined
    const length = await recording.stop()
    await this.options.recordings.finish(this.recordingId, {
      ...length,
      agentIds: this.served,
      ...(this.conversation?.queueId && { queueId: this.conversation.queueId }),
    })
    const { _id } = this.conversation!
    await this.options.note(_id, 'recording', {
      id: this.recordingId,
      durationMs: length.durationMs,
    })
  }

  /** everybody of the staff who was on the line */
  served: string[] = []
}
