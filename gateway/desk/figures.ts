/** Today's figures for the wallboard: counted once from the store at start, then kept by what happens. */
import type { Bus } from '../bus/bus.ts'
import type { Conversation } from '../domain/conversation.ts'
import { localMidnightMs } from '../domain/local-time.ts'
import { isTrial, TRIAL_ACCOUNT } from '../domain/trial.ts'
import type { Message } from '../domain/message.ts'
import { ConversationModel, MessageModel } from '../intake/model.ts'
import { TicketModel } from '../tickets/model.ts'
import type { DayFigures } from './protocol.ts'

const DAY_MS = 86_400_000

const zero = (): DayFigures => ({
  opened: 0,
  closed: 0,
  queued: 0,
  accepted: 0,
  abandoned: 0,
  averageWaitMs: 0,
  messagesIn: 0,
  messagesOut: 0,
  tickets: 0,
  calls: 0,
  callsAbandoned: 0,
})

export class Figures {
  private figures = zero()
  private waitedMs = 0
  private tomorrowMs = 0
  private readonly now: () => number
  private readonly timezone: string

  constructor(options: { now: () => number; timezone: string }) {
    this.now = options.now
    this.timezone = options.timezone
  }

  async start(bus: Bus): Promise<void> {
    const since = new Date(localMidnightMs(this.now(), this.timezone))
    this.tomorrowMs = since.getTime() + DAY_MS
    const trials = await ConversationModel.find(
      { openedAt: { $gte: since }, 'legs.accountId': TRIAL_ACCOUNT },
      { _id: 1 },
    ).lean<{ _id: string }[]>()
    const conversationId = { $nin: trials.map(({ _id }) => _id) }
    const _id = conversationId
    const [opened, closed, waited, messagesIn, messagesOut, tickets, calls, abandoned] =
      await Promise.all([
        ConversationModel.countDocuments({ openedAt: { $gte: since }, _id }),
        ConversationModel.countDocuments({ state: 'closed', lastActivityAt: { $gte: since }, _id }),
        ConversationModel.find(
          { openedAt: { $gte: since }, firstQueuedAt: { $exists: true } },
          { firstQueuedAt: 1, firstAcceptedAt: 1 },
        ).lean<Pick<Conversation, 'firstQueuedAt' | 'firstAcceptedAt'>[]>(),
        MessageModel.countDocuments({ at: { $gte: since }, direction: 'in', conversationId }),
        MessageModel.countDocuments({ at: { $gte: since }, direction: 'out', conversationId }),
        TicketModel.countDocuments({ createdAt: { $gte: since } }),
        MessageModel.countDocuments({
          at: { $gte: since },
          'parts.name': 'callStarted',
          conversationId,
        }),
        MessageModel.find(
          { at: { $gte: since }, 'parts.name': 'abandoned' },
          { conversationId: 1 },
        ).lean<Pick<Message, 'conversationId'>[]>(),
      ])
    const callsAbandoned = await ConversationModel.countDocuments({
      _id: { $in: abandoned.map(({ conversationId }) => conversationId) },
      'legs.channel': 'voice',
    })
    const accepted = waited.filter((each) => each.firstAcceptedAt)
    this.waitedMs = accepted.reduce(
      (sum, each) => sum + each.firstAcceptedAt!.getTime() - each.firstQueuedAt!.getTime(),
      0,
    )
    Object.assign(this.figures, {
      opened,
      closed,
      queued: waited.length,
      accepted: accepted.length,
      messagesIn,
      messagesOut,
      tickets,
      calls,
      abandoned: abandoned.length,
      callsAbandoned,
    })
    bus.subscribe('conversation', ({ before, after, messages }) =>
      this.count(before, after, messages),
    )
    bus.subscribe('ticket', ({ created }) => {
      if (created) this.figures.tickets++
    })
  }

  day(): DayFigures {
    this.turnPage()
    const { accepted } = this.figures
    return { ...this.figures, averageWaitMs: accepted ? Math.round(this.waitedMs / accepted) : 0 }
  }

  private count(before: Conversation | undefined, after: Conversation, messages: Message[]): void {
    if (isTrial(after)) return
    this.turnPage()
    const { figures } = this
    if (before?.lastSeq === 0 && after.lastSeq > 0) figures.opened++
    if (before?.state !== 'closed' && after.state === 'closed') figures.closed++
    if (!before?.firstQueuedAt && after.firstQueuedAt) figures.queued++
    if (!before?.firstAcceptedAt && after.firstAcceptedAt && after.firstQueuedAt) {
      figures.accepted++
      this.waitedMs += after.firstAcceptedAt.getTime() - after.firstQueuedAt.getTime()
    }
    for (const { direction, parts } of messages) {
      if (direction === 'in') figures.messagesIn++
      else if (direction === 'out') figures.messagesOut++
      for (const part of parts) {
        if (part.type !== 'event') continue
        if (part.name === 'callStarted') figures.calls++
        if (part.name !== 'abandoned') continue
        figures.abandoned++
        if (after.legs.some(({ channel }) => channel === 'voice')) figures.callsAbandoned++
      }
    }
  }

  private turnPage(): void {
    if (this.now() < this.tomorrowMs) return
    // asked anew, since a day may have 23 or 25 hours
    this.tomorrowMs = localMidnightMs(this.now(), this.timezone) + DAY_MS
    this.figures = zero()
    this.waitedMs = 0
  }
}
