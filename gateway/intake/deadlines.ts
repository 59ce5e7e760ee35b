/** What happens by the clock alone: idle conversations close, wrap-up ends. */
import type { Conversation } from '../domain/conversation.ts'
import { reduce } from '../domain/life-cycle.ts'
import type { Bus } from '../bus/bus.ts'
import type { Conversations } from './conversations.ts'
import { noticeDraft } from './effects.ts'
import { ConversationModel } from './model.ts'

/** An idle conversation may close this much late; nobody waits for it. */
const IDLE_SWEEP_MS = 15_000

export interface DeadlinesOptions {
  bus: Bus
  conversations: Conversations
  now: () => number
  endWrapUp: (conversationId: string, agentId: string) => Promise<void>
  onError: (error: unknown) => void
}

export class Deadlines {
  private readonly wrapUps = new Map<string, { endsAtMs: number; timer: NodeJS.Timeout }>()
  private sweeper: NodeJS.Timeout | undefined
  private readonly options: DeadlinesOptions

  constructor(options: DeadlinesOptions) {
    this.options = options
  }

  async start(): Promise<void> {
    const writing = await ConversationModel.find({ wrapUp: { $exists: true } }).lean<
      Conversation[]
    >()
    for (const conversation of writing) this.watch(conversation)
    this.options.bus.subscribe('conversation', ({ after }) => this.watch(after))
    this.sweeper = setInterval(
      () => void this.closeIdle().catch(this.options.onError),
      IDLE_SWEEP_MS,
    )
  }

  stop(): void {
    clearInterval(this.sweeper)
    for (const { timer } of this.wrapUps.values()) clearTimeout(timer)
  }

  /** Closes the bot conversations whose idle time is over. */
  async closeIdle(): Promise<void> {
    const now = new Date(this.options.now())
    const idle = await ConversationModel.find({ idleAt: { $lte: now } }, { _id: 1 })
      .limit(500)
      .lean<Pick<Conversation, '_id'>[]>()
    for (const { _id } of idle) {
      // one that cannot be closed holds up no other
      await this.close(_id).catch(this.options.onError)
    }
  }

  private async close(conversationId: string): Promise<void> {
    await this.options.conversations.change(conversationId, (current) => {
      if (!current.idleAt || current.idleAt.getTime() > this.options.now()) return undefined
      const reduced = reduce(current, { type: 'close', reason: 'idle' }, this.options.now())
      return reduced.ok
        ? { next: reduced.next, drafts: reduced.notices.map(noticeDraft) }
        : undefined
    })
  }

  /** A second wrap-up of the same conversation has its own full time. */
  private watch({ _id, wrapUp }: Conversation): void {
    const watched = this.wrapUps.get(_id)
    if (watched && watched.endsAtMs === wrapUp?.endsAt.getTime()) return
    clearTimeout(watched?.timer)
    this.wrapUps.delete(_id)
    if (!wrapUp) return
    const endsAtMs = wrapUp.endsAt.getTime()
    const timer = setTimeout(
      () => {
        this.wrapUps.delete(_id)
        void this.options.endWrapUp(_id, wrapUp.agentId).catch(this.options.onError)
      },
      Math.max(0, endsAtMs - this.options.now()),
    )
    this.wrapUps.set(_id, { endsAtMs, timer })
  }
}
