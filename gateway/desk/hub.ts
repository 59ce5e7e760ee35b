/** The consoles that are open, what each may see, and what is pushed to them. */
import type { WebSocket } from 'ws'
import type { Bus, BusTopics } from '../bus/bus.ts'
import type { Contacts } from '../contacts/contacts.ts'
import type { Conversation, Leg } from '../domain/conversation.ts'
import type { StaffMember } from '../domain/staff.ts'
import { may } from '../domain/staff.ts'
import { wireError, YiluError } from '../errors.ts'
import type { Files } from '../files/files.ts'
import { Lanes } from '../intake/lanes.ts'
import { ConversationModel } from '../intake/model.ts'
import type { LiveRouting } from '../routing/persistence.ts'
import { admits } from '../routing/match.ts'
import type { RoutingSettings } from '../routing/settings.ts'
import type { Agents } from './agents.ts'
import { conversationCard, wireMessage } from './cards.ts'
import type { Figures } from './figures.ts'
import { meView } from './me.ts'
import type { AgentCard, CallCard, CallsNow, DeskFrame, QueueCard, Reach } from './protocol.ts'
import { writtenLeg } from './written-leg.ts'

/** A console this far behind is cut off; it comes back and asks for what it missed. */
const MAX_BUFFERED_BYTES = 4 * 1024 * 1024
/** Queue figures are pushed at most this often. */
const QUEUES_EVERY_MS = 1000

export interface Console {
  socket: WebSocket
  member: StaffMember
  /** the session it was opened with goes on */
  signedIn(): Promise<boolean>
  /** conversations whose thread is on the screen */
  reading: Set<string>
}

export interface HubOptions {
  bus: Bus
  contacts: Contacts
  files: Files
  settings: RoutingSettings
  routing: LiveRouting
  figures: Figures
  agents: () => Agents
  /** what can be written to the contact of the open conversation on this thread */
  reachOn: (
    thread: Pick<Leg, 'accountId' | 'threadKey'>,
  ) => Promise<{ conversationId: string; reach?: Reach } | undefined>
  now: () => number
  onError: (error: unknown) => void
}

export class Hub {
  private readonly consoles = new Set<Console>()
  /** every conversation somebody at the desk may care about: waiting, served, in wrap-up */
  private readonly live = new Map<string, Conversation>()
  private readonly lanes = new Lanes()
  private readonly options: HubOptions
  private readonly calls = new Map<string, CallCard>()
  private queuesTimer: NodeJS.Timeout | undefined

  constructor(options: HubOptions) {
    this.options = options
  }

  async start(): Promise<void> {
    const open = await ConversationModel.find({
      $or: [
        { state: { $in: ['queued', 'offered', 'agent', 'wrapUp'] } },
        { wrapUp: { $exists: true } },
      ],
    }).lean<Conversation[]>()
    for (const conversation of open) this.live.set(conversation._id, conversation)
    const { bus, settings } = this.options
    bus.subscribe('conversation', (change) => {
      void this.lanes.run(change.after._id, () => this.push(change)).catch(this.options.onError)
    })
    bus.subscribe('delivery', ({ conversationId, messageId, seq, state, code }) => {
      const frame: DeskFrame = {
        t: 'delivery',
        conversationId,
        messageId,
        seq,
        state,
        ...(code && { code }),
      }
      this.toReaders(conversationId, frame)
    })
    bus.subscribe('typing', ({ conversationId, from, on }) => {
      if (from === 'contact') this.toReaders(conversationId, { t: 'typing', conversationId, on })
    })
    bus.subscribe('presence', ({ conversationId, online }) => {
      this.toReaders(conversationId, { t: 'presence', conversationId, online })
    })
    bus.subscribe(
      'replyWindow',
      (thread) => void this.reachChanged(thread).catch(this.options.onError),
    )
    // what it is each console asks for itself: who sees which mailbox is not known here
    bus.subscribe('voicemail', () => this.toAll({ t: 'voicemail' }))
    bus.subscribe('contact', ({ contactId }) => {
      for (const after of this.live.values()) {
        if (after.contactId === contactId)
          void this.lanes
            .run(after._id, () => this.push({ before: after, after, messages: [] }))
            .catch(this.options.onError)
      }
    })
    settings.onChange(() => this.queuesChanged())
  }

  stop(): void {
    clearTimeout(this.queuesTimer)
    for (const { socket } of this.consoles) socket.close(1001, 'server stopping')
  }

  get size(): number {
    return this.consoles.size
  }

  liveConversations(): Iterable<Conversation> {
    return this.live.values()
  }

  async open(console: Console): Promise<void> {
    this.consoles.add(console)
    await this.welcome(console)
  }

  close(console: Console): void {
    this.consoles.delete(console)
  }

  /** The whole picture, as after signing in. */
  async welcome(console: Console): Promise<void> {
    const mine = [...this.live.values()].filter((each) => this.sees(console.member, each))
    const conversations = await Promise.all(
      mine.map(async (each) =>
        conversationCard(each, await this.options.contacts.get(each.contactId)),
      ),
    )
    this.send(console, {
      t: 'welcome',
      me: meView(console.member),
      nowMs: this.options.now(),
      conversations,
      agents: this.options.agents().cards(),
      queues: this.queueCards(),
      day: this.options.figures.day(),
      callsNow: this.callsNow(),
      calls: [...this.calls.values()].filter((call) => this.seesCall(console.member, call)),
    })
  }

  /** A call began, changed or ended; told to whoever sees its conversation or is in it. */
  callChanged(call: CallCard): void {
    if (call.phase === 'ended') this.calls.delete(call.conversationId)
    else this.calls.set(call.conversationId, call)
    this.queuesChanged()
    const frame = JSON.stringify({ t: 'call', call } satisfies DeskFrame)
    for (const console of this.consoles)
      if (this.seesCall(console.member, call) || console.reading.has(call.conversationId))
        this.write(console, frame)
  }

  private seesCall(member: StaffMember, { conversationId, parties }: CallCard): boolean {
    if (parties.some(({ agentId }) => agentId === member._id)) return true
    const conversation = this.live.get(conversationId)
    return conversation ? this.sees(member, conversation) : may(member.role, 'supervise')
  }

  agentChanged(agent: AgentCard): void {
    this.toAll({ t: 'agent', agent })
    this.queuesChanged()
  }

  agentRemoved(agentId: string): void {
    this.toAll({ t: 'agentGone', agentId })
  }

  /** The member's rights changed, or sessions of theirs ended. */
  async staffChanged(
    staffId: string,
    member: StaffMember | undefined,
    signedOut: boolean,
  ): Promise<void> {
    for (const console of [...this.consoles]) {
      if (console.member._id !== staffId) continue
      if (signedOut || !member || !(await console.signedIn())) {
        this.send(console, { t: 'signedOut', error: wireError(new YiluError('UNAUTHENTICATED')) })
        console.socket.close(4001, 'signed out')
      } else {
        console.member = member
        await this.welcome(console)
      }
    }
  }

  sees(member: StaffMember, conversation: Conversation): boolean {
    if (may(member.role, 'supervise')) return true
    if (!may(member.role, 'serve')) return false
    const { agentId, offer, wrapUp, waiting } = conversation
    if ([agentId, offer?.agentId, wrapUp?.agentId].includes(member._id)) return true
    const call = this.calls.get(conversation._id)
    if (call?.parties.some((party) => party.agentId === member._id)) return true
    const queue = waiting && this.options.settings.queue(waiting.queueId)
    return Boolean(queue && admits(queue, { queueIds: member.queueIds, skills: member.skills }))
  }

  private async push({ before, after, messages }: BusTopics['conversation']): Promise<void> {
    const kept = isLive(after)
    const wasLive = this.live.has(after._id)
    if (kept) this.live.set(after._id, after)
    else this.live.delete(after._id)
    if (!kept && !wasLive && !this.isRead(after._id)) return

    const contact = await this.options.contacts.get(after.contactId)
    const card = JSON.stringify({
      t: 'conversation',
      card: conversationCard(after, contact),
    } satisfies DeskFrame)
    const lines = messages.map((message) =>
      JSON.stringify({
        t: 'message',
        message: wireMessage(message, after, this.options.files),
      } satisfies DeskFrame),
    )
    const gone = JSON.stringify({
      t: 'gone',
      conversationId: after._id,
      why: after.state === 'closed' ? 'closed' : 'elsewhere',
    } satisfies DeskFrame)
    // a call that began before its conversation came into sight
    const calling = this.calls.get(after._id)
    const call = calling && JSON.stringify({ t: 'call', call: calling } satisfies DeskFrame)
    for (const console of this.consoles) {
      const { member } = console
      const sees = kept && this.sees(member, after)
      const reads = console.reading.has(after._id)
      const own = after.agentId === member._id
      if (sees || (reads && this.mayRead(member))) this.write(console, card)
      if (call && sees && !(before && wasLive && this.sees(member, before)))
        this.write(console, call)
      if (reads || own) for (const line of lines) this.write(console, line)
      if (!sees && before && wasLive && this.sees(member, before)) this.write(console, gone)
    }
    if (before?.state !== after.state) this.queuesChanged()
    const written = writtenLeg(after)
    // it goes on elsewhere
    if (before && written?.state === 'open' && writtenLeg(before)?.id !== written.id)
      await this.reachChanged(written)
  }

  /** A thread once opened goes on, read only, when the conversation goes elsewhere. */
  private mayRead(member: StaffMember): boolean {
    return may(member.role, 'serve')
  }

  private isRead(conversationId: string): boolean {
    for (const console of this.consoles) if (console.reading.has(conversationId)) return true
    return false
  }

  private queuesChanged(): void {
    this.queuesTimer ??= setTimeout(() => {
      this.queuesTimer = undefined
      const day = this.options.figures.day()
      this.toAll({ t: 'queues', queues: this.queueCards(), day, callsNow: this.callsNow() })
    }, QUEUES_EVERY_MS)
  }

  private callsNow(): CallsNow {
    const calls: CallsNow = { flow: 0, waiting: 0, talking: 0 }
    for (const { phase } of this.calls.values())
      if (phase in calls) calls[phase as keyof CallsNow]++
    return calls
  }

  /** How many wait on the telephone, by queue. */
  private callsWaiting(): Map<string, number> {
    const waiting = new Map<string, number>()
    for (const { phase, conversationId } of this.calls.values()) {
      const queueId = this.live.get(conversationId)?.waiting?.queueId
      if (phase === 'waiting' && queueId) waiting.set(queueId, (waiting.get(queueId) ?? 0) + 1)
    }
    return waiting
  }

  queueCards(): QueueCard[] {
    const { settings, routing, now } = this.options
    const calls = this.callsWaiting()
    const counts = new Map(routing.router.snapshot().queues.map((each) => [each.queueId, each]))
    return settings.queues
      .filter((queue) => queue.enabled)
      .map((queue) => {
        const count = counts.get(queue._id)
        return {
          id: queue._id,
          name: queue.name,
          waiting: (count?.waiting ?? 0) + (count?.offered ?? 0),
          calls: calls.get(queue._id) ?? 0,
          longestWaitMs: count?.longestWaitMs ?? 0,
          offered: count?.offered ?? 0,
          readyAgents: count?.ready ?? 0,
          open: settings.isOpen(queue, now()),
          warnAfterMs: queue.warnAfterMs,
          alarmAfterMs: queue.alarmAfterMs,
        }
      })
  }

  private async reachChanged(thread: Pick<Leg, 'accountId' | 'threadKey'>): Promise<void> {
    if (!this.consoles.size) return
    const found = await this.options.reachOn(thread)
    if (found) this.toReaders(found.conversationId, { t: 'reach', ...found })
  }

  private toReaders(conversationId: string, frame: DeskFrame): void {
    const line = JSON.stringify(frame)
    const owner = this.live.get(conversationId)?.agentId
    for (const console of this.consoles) {
      if (console.reading.has(conversationId) || console.member._id === owner)
        this.write(console, line)
    }
  }

  private toAll(frame: DeskFrame): void {
    const line = JSON.stringify(frame)
    for (const console of this.consoles) this.write(console, line)
  }

  send(console: Console, frame: DeskFrame): void {
    this.write(console, JSON.stringify(frame))
  }

  private write({ socket }: Console, line: string): void {
    if (socket.readyState !== socket.OPEN) return
    if (socket.bufferedAmount > MAX_BUFFERED_BYTES) return socket.terminate()
    socket.send(line)
  }
}

function isLive({ state, wrapUp }: Conversation): boolean {
  return ['queued', 'offered', 'agent', 'wrapUp'].includes(state) || wrapUp !== undefined
}
