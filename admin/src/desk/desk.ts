/** The running desk: the state, the line to the server, and what has to follow when something comes in. */
import type {
  CallCard,
  ConversationCard,
  DeskCommand,
  DeskFrame,
  OpenResult,
  OutgoingContent,
  WireMessage,
} from '../../../gateway/desk/protocol.ts'
import { ApiError } from '../api/error.ts'
import { load, save } from './composer/keep.ts'
import type { Shelf } from './composer/keep.ts'
import { TypingNotice } from './composer/typingNotice.ts'
import { toResend } from './composer/compose.ts'
import type { Pending } from './composer/compose.ts'
import { sectionOf } from './inbox/sections.ts'
import { Connection } from './link/connection.ts'
import type { Socket, Timers } from './link/connection.ts'
import { callNews } from './phone/callNews.ts'
import type { CallNews } from './phone/callNews.ts'
import { firstState, missing, reduce } from './state.ts'
import type { DeskAction, DeskState } from './state.ts'

/** Worth a sound, a notification or a word to a screen reader. */
export type News =
  | { kind: 'offer'; card: ConversationCard }
  | { kind: 'offerEnded' }
  | { kind: 'message'; message: WireMessage; card: ConversationCard }
  | { kind: 'call'; what: CallNews; card: ConversationCard }

export interface DeskPorts {
  dial(): Socket
  timers: Timers
  random(): number
  now(): number
  newId(): string
  shelf: Shelf
  onNews(news: News): void
  /** the line broke and did not come back at once; `attempts` tells how often it was tried */
  onLost(attempts: number): void
  onSignedOut(error: ApiError): void
}

/** A visitor's "is typing" that is never taken back ends by itself. */
const TYPING_LASTS_MS = 8000
const RESEND_AFTER_MS = 3000

export class Desk {
  readonly #ports: DeskPorts
  readonly #myId: string
  readonly #listeners = new Set<() => void>()
  readonly #connection: Connection
  readonly #opening = new Set<string>()
  readonly #pumping = new Set<string>()
  readonly #typingEnds = new Map<string, unknown>()
  readonly #typing: TypingNotice
  #state: DeskState
  #selected: string | undefined

  constructor(myId: string, ports: DeskPorts) {
    this.#ports = ports
    this.#myId = myId
    this.#state = { ...firstState, ...load(ports.shelf, myId) }
    this.#typing = new TypingNotice(ports.timers, ports.now, (conversationId, on) => {
      this.request({ do: 'typing', conversationId, on }).catch(() => undefined)
    })
    this.#connection = new Connection({
      dial: ports.dial,
      timers: ports.timers,
      random: ports.random,
      onFrame: (frame) => this.#receive(frame),
      onLost: (attempts) => {
        this.#dispatch({ t: 'link', link: 'lost' })
        ports.onLost(attempts)
      },
    })
  }

  get state(): DeskState {
    return this.#state
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  request(command: DeskCommand): Promise<unknown> {
    return this.#connection.request(command)
  }

  hurry(): void {
    this.#connection.hurry()
  }

  stop(): void {
    this.#connection.stop()
    this.#listeners.clear()
  }

  /** The conversation on screen; its messages are asked for and pushed from now on. */
  select(conversationId: string | undefined): void {
    this.#selected = conversationId
    if (conversationId && this.#state.cards[conversationId]) this.#open(conversationId)
    this.#tidy()
  }

  /** The agent has had everything up to `seq` on screen; the visitor is told only by who serves. */
  sawUpTo(conversationId: string, seq: number): void {
    if ((this.#state.read[conversationId] ?? 0) >= seq) return
    this.#dispatch({ t: 'read', conversationId, seq })
    const card = this.#state.cards[conversationId]
    if (card?.state === 'agent' && card.agentId === this.#myId)
      this.request({ do: 'read', conversationId, seq }).catch(() => undefined)
  }

  draft(conversationId: string, draft: string, note: boolean): void {
    const before = this.#state.compose[conversationId]?.draft ?? ''
    this.#dispatch({ t: 'draft', conversationId, draft, note })
    if (note || draft === '') this.#typing.pause(conversationId)
    else if (draft !== before) this.#typing.keyPressed(conversationId)
  }

  send(conversationId: string, content: OutgoingContent, note = false, name?: string): void {
    const item: Pending = {
      clientMsgId: this.#ports.newId(),
      note,
      content,
      atMs: this.#ports.now() + this.#state.clockSkewMs,
      state: 'waiting',
      ...(name && { name }),
    }
    this.#typing.pause(conversationId)
    this.#dispatch({ t: 'sending', conversationId, item })
    void this.#pump(conversationId)
  }

  resend(conversationId: string, clientMsgId: string): void {
    this.#dispatch({ t: 'settled', conversationId, clientMsgId, outcome: { state: 'waiting' } })
    void this.#pump(conversationId)
  }

  discard(conversationId: string, clientMsgId: string): void {
    this.#dispatch({ t: 'discarded', conversationId, clientMsgId })
  }

  older(conversationId: string, messages: WireMessage[], more: boolean): void {
    this.#dispatch({ t: 'older', conversationId, messages, more })
  }

  #dispatch(action: DeskAction): void {
    const before = this.#state
    this.#state = reduce(before, action, this.#ports.now())
    if (this.#state === before) return
    const { compose, read } = this.#state
    if (compose !== before.compose || read !== before.read)
      save(this.#ports.shelf, this.#myId, { compose, read })
    for (const listener of [...this.#listeners]) listener()
  }

  #receive(frame: Exclude<DeskFrame, { t: 'done' | 'refused' }>): void {
    if (frame.t === 'signedOut') {
      this.#ports.onSignedOut(new ApiError(401, frame.error))
      return
    }
    const before = this.#state
    this.#dispatch(frame)
    switch (frame.t) {
      case 'welcome':
        this.#opening.clear()
        for (const id of Object.keys(this.#state.threads)) this.#ask(id)
        for (const card of frame.conversations) this.#follow(card, before.cards[card.id])
        if (this.#selected) this.select(this.#selected)
        for (const { conversationId } of toResend(this.#state.compose))
          void this.#pump(conversationId)
        return
      case 'conversation':
        this.#follow(frame.card, before.cards[frame.card.id])
        this.#tidy()
        return
      case 'gone':
        if (before.cards[frame.conversationId]?.offer?.agentId === this.#myId)
          this.#ports.onNews({ kind: 'offerEnded' })
        this.#tidy()
        return
      case 'message':
        for (const gap of missing(this.#state)) this.#ask(gap.conversationId)
        this.#tell(frame.message)
        return
      case 'call':
        this.#tellCall(before.calls[frame.call.conversationId], frame.call)
        return
      case 'typing':
        this.#endTyping(frame.conversationId, frame.on)
        return
      default:
    }
  }

  /** Mine are followed wherever I look, so that nothing unread is missed; new offers are announced. */
  #follow(card: ConversationCard, before: ConversationCard | undefined): void {
    const section = sectionOf(card, this.#myId)
    const wasOffered = before && sectionOf(before, this.#myId) === 'offered'
    if (section === 'offered' && card.offer?.id !== (wasOffered ? before.offer?.id : undefined))
      this.#ports.onNews({ kind: 'offer', card })
    if (wasOffered && section === 'waiting') this.#ports.onNews({ kind: 'offerEnded' })
    if (section === 'mine' || card.id === this.#selected) this.#open(card.id)
  }

  #tell(message: WireMessage): void {
    const card = this.#state.cards[message.conversationId]
    if (message.direction !== 'in' || !card) return
    if (sectionOf(card, this.#myId) === 'mine')
      this.#ports.onNews({ kind: 'message', message, card })
  }

  #tellCall(before: CallCard | undefined, call: CallCard): void {
    const card = this.#state.cards[call.conversationId]
    const what = callNews(before, call)
    const mine = card && ['mine', 'wrapUp'].includes(sectionOf(card, this.#myId))
    if (mine && what) this.#ports.onNews({ kind: 'call', what, card })
  }

  #endTyping(conversationId: string, on: boolean): void {
    this.#ports.timers.clear(this.#typingEnds.get(conversationId))
    if (!on) return
    const end = () => this.#dispatch({ t: 'typing', conversationId, on: false })
    this.#typingEnds.set(conversationId, this.#ports.timers.set(end, TYPING_LASTS_MS))
  }

  #open(conversationId: string): void {
    if (this.#state.threads[conversationId]) return
    this.#dispatch({ t: 'opening', conversationId })
    this.#ask(conversationId)
  }

  /** Asks for what is missing; once at a time, for what is pushed meanwhile may show the same gap. */
  #ask(conversationId: string): void {
    const thread = this.#state.threads[conversationId]
    if (!thread || this.#opening.has(conversationId) || !this.#state.cards[conversationId]) return
    this.#opening.add(conversationId)
    const afterSeq = thread.completeTo
    this.request({ do: 'open', conversationId, afterSeq })
      .then((result) =>
        this.#dispatch({ t: 'opened', conversationId, afterSeq, result: result as OpenResult }),
      )
      // out of sight meanwhile, or the line broke: the next welcome asks again
      .catch(() => undefined)
      .finally(() => this.#opening.delete(conversationId))
  }

  /** Threads neither on screen nor mine are let go. */
  #tidy(): void {
    for (const id of Object.keys(this.#state.threads)) {
      const card = this.#state.cards[id]
      const kept = card && ['mine', 'wrapUp', 'offered'].includes(sectionOf(card, this.#myId))
      if (id === this.#selected || kept) continue
      this.#dispatch({ t: 'left', conversationId: id })
      if (card) this.request({ do: 'leave', conversationId: id }).catch(() => undefined)
    }
  }

  /** Sends what waits in one conversation, one after the other, so that order is kept. */
  async #pump(conversationId: string): Promise<void> {
    if (this.#pumping.has(conversationId)) return
    this.#pumping.add(conversationId)
    try {
      for (;;) {
        const item = this.#state.compose[conversationId]?.pending.find((p) => p.state === 'waiting')
        if (!item || this.#state.link !== 'online') return
        const { clientMsgId } = item
        const outcome = await this.#transmit(conversationId, item)
        if (!outcome) {
          this.#ports.timers.set(() => void this.#pump(conversationId), RESEND_AFTER_MS)
          return
        }
        this.#dispatch({ t: 'settled', conversationId, clientMsgId, outcome })
      }
    } finally {
      this.#pumping.delete(conversationId)
    }
  }

  /** undefined: nobody knows whether it arrived; sending it again is harmless. */
  async #transmit(
    conversationId: string,
    { clientMsgId, note, content }: Pending,
  ): Promise<Pick<Pending, 'state' | 'error'> | undefined> {
    try {
      await this.request(
        note && content.type === 'text'
          ? { do: 'note', conversationId, clientMsgId, text: content.text }
          : { do: 'send', conversationId, clientMsgId, content },
      )
      return { state: 'stored' }
    } catch (error) {
      if (!(error instanceof ApiError) || error.code === 'OFFLINE') return undefined
      return { state: 'refused', error: { zh: error.zh, en: error.en } }
    }
  }
}
