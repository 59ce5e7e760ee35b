/**
 * Hands messages to their channel: in order per thread, different threads side by side. A channel that cannot
 * take the same message twice gets it under a lease; if the process dies in between, nobody can know whether
 * it arrived, and the message is shown as `unknown` instead of being sent again.
 */
import type { ChannelAdapter, SendResult } from '../../channels/channel.ts'
import type { Bus } from '../bus/bus.ts'
import type { Channel } from '../domain/conversation.ts'
import type { DeliveryState, Message } from '../domain/message.ts'
import { deliveryRank } from '../domain/message.ts'
import { Lanes } from './lanes.ts'
import type { OutboxRow } from './model.ts'
import { MessageModel, OutboxModel } from './model.ts'

const LEASE_MS = 60_000
const FIRST_RETRY_MS = 1_000
const LAST_RETRY_MS = 60_000
/** Node's timers hold no more; the row tries again early rather than never */
const MAX_TIMER_MS = 2 ** 31 - 1

export interface OutboxOptions {
  bus: Bus
  now: () => number
  nodeId: string
  adapter: (channel: Channel) => ChannelAdapter | undefined
  onError: (error: unknown) => void
}

interface Outcome {
  row: OutboxRow
  state: DeliveryState
  code?: string
}

export class Outbox {
  private readonly lanes = new Lanes()
  private readonly options: OutboxOptions
  private outcomes: Outcome[] = []
  private recording: Promise<void> | undefined
  private stopping = false
  /** wakes each row that rests before its next attempt */
  private readonly resting = new Set<() => void>()

  constructor(options: OutboxOptions) {
    this.options = options
  }

  /** Rows that are on disk; their messages, where the caller has them at hand. */
  dispatch(rows: OutboxRow[], messages = new Map<string, Message>()): void {
    for (const row of rows) {
      void this.lanes
        .run(`${row.accountId}|${row.threadKey}`, () => this.deliver(row, messages.get(row._id)))
        .catch(this.options.onError)
    }
  }

  /** At start: what was queued goes on; what was being sent goes on only where a repeat does no harm. */
  async recover(): Promise<number> {
    const rows = await OutboxModel.find({ state: { $in: ['queued', 'sending'] } })
      .sort({ _id: 1 })
      .lean<OutboxRow[]>()
    const again = rows.filter((row) => {
      if (row.state === 'queued' || this.options.adapter(row.channel)?.capabilities.idempotentSend)
        return true
      this.record({ row, state: 'unknown', code: 'CRASHED_WHILE_SENDING' })
      return false
    })
    this.dispatch(again)
    return again.length
  }

  /** Stops taking rows on; resolves when what is under way is done and recorded. */
  async stop(): Promise<void> {
    this.stopping = true
    for (const wake of this.resting) wake()
    await this.lanes.idle()
    while (this.recording) await this.recording
  }

  private async deliver(row: OutboxRow, known: Message | undefined): Promise<void> {
    const adapter = this.options.adapter(row.channel)
    const message = known ?? (await MessageModel.findById(row._id).lean<Message>())
    if (!message || !adapter) return this.record({ row, state: 'failed', code: 'NO_CHANNEL' })
    const leg = {
      id: row.legId,
      accountId: row.accountId,
      threadKey: row.threadKey,
      channel: row.channel,
    }

    const { idempotentSend } = adapter.capabilities
    await this.rest(row.notBefore.getTime() - this.options.now())
    for (let attempt = row.attempts + 1; !this.stopping; attempt++) {
      if (this.options.now() > row.expiresAt.getTime())
        return this.record({ row, state: 'expired', code: 'TOO_LATE' })
      const leased = idempotentSend || (await this.lease(row, attempt))
      if (!leased) return
      const result = await adapter
        .send({ message, leg })
        .catch((): SendResult => ({ ok: false, retry: 'unknown', code: 'ADAPTER_THREW' }))
      if (result.ok) return this.record({ row, state: result.state })
      if (result.retry === 'never') return this.record({ row, state: 'failed', code: result.code })
      if (result.retry === 'unknown' && !idempotentSend)
        return this.record({ row, state: 'unknown', code: result.code })
      const backOffMs = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(attempt, 10))
      const waitMs = result.afterMs ?? backOffMs
      if (!idempotentSend) await this.giveBack(row, waitMs)
      await this.rest(waitMs)
    }
  }

  /** Waits, but not past a stop. */
  private async rest(ms: number): Promise<void> {
    if (ms <= 0 || this.stopping) return
    await new Promise<void>((resolve) => {
      const wake = () => {
        clearTimeout(timer)
        this.resting.delete(wake)
        resolve()
      }
      const timer = setTimeout(wake, Math.min(ms, MAX_TIMER_MS))
      this.resting.add(wake)
    })
  }

  /** The channel said that it did not take it: a crash from here on leaves no doubt about that. */
  private async giveBack(row: OutboxRow, waitMs: number): Promise<void> {
    const notBefore = new Date(this.options.now() + waitMs)
    await OutboxModel.updateOne(
      { _id: row._id, leaseOwner: this.options.nodeId },
      { $set: { state: 'queued', notBefore } },
    ).catch(this.options.onError)
  }

  /** @returns false when another node has the row */
  private async lease(row: OutboxRow, attempt: number): Promise<boolean> {
    const now = new Date(this.options.now())
    for (;;) {
      try {
        const result = await OutboxModel.updateOne(
          {
            _id: row._id,
            $or: [
              { state: 'queued' },
              { leaseUntil: { $lt: now } },
              { leaseOwner: this.options.nodeId },
            ],
          },
          {
            $set: {
              state: 'sending',
              attempts: attempt,
              leaseOwner: this.options.nodeId,
              leaseUntil: new Date(now.getTime() + LEASE_MS),
            },
          },
        )
        return result.matchedCount === 1
      } catch (error) {
        // the store is away for a moment: the message stays at the head until it is back
        this.options.onError(error)
        await this.rest(FIRST_RETRY_MS)
        if (this.stopping) return false
      }
    }
  }

  private record(outcome: Outcome): void {
    this.outcomes.push(outcome)
    this.recording ??= this.writeOutcomes().finally(() => {
      this.recording = undefined
    })
  }

  /** Outcomes of one moment are written together. */
  private async writeOutcomes(): Promise<void> {
    await new Promise(setImmediate)
    while (this.outcomes.length) {
      const batch = this.outcomes.splice(0, 500)
      try {
        await this.write(batch)
      } catch (error) {
        this.options.onError(error)
        this.outcomes.unshift(...batch)
        await new Promise((resolve) => setTimeout(resolve, FIRST_RETRY_MS))
      }
    }
  }

  private async write(batch: Outcome[]): Promise<void> {
    const at = new Date(this.options.now())
    const settled = batch.filter(({ state }) => state !== 'failed' && state !== 'unknown')
    const dead = batch.filter(({ state }) => state === 'failed' || state === 'unknown')
    await Promise.all([
      MessageModel.collection.bulkWrite(
        batch.map(({ row, state, code }) => ({
          updateOne: {
            // a receipt may have been quicker; a state never goes back
            filter: { _id: row._id as never, 'delivery.rank': { $lt: deliveryRank[state] } },
            update: {
              $set: { delivery: { state, rank: deliveryRank[state], at, ...(code && { code }) } },
            },
          },
        })),
        { ordered: false },
      ),
      settled.length &&
        OutboxModel.collection.deleteMany({
          _id: { $in: settled.map(({ row }) => row._id as never) },
        }),
      // kept for the people who must know, and for a replay
      dead.length &&
        OutboxModel.collection.bulkWrite(
          dead.map(({ row, code }) => ({
            updateOne: {
              filter: { _id: row._id as never },
              update: { $set: { state: 'dead', error: code } },
            },
          })),
          { ordered: false },
        ),
    ])
    for (const { row, state, code } of batch) {
      this.options.bus.publish('delivery', {
        conversationId: row.conversationId,
        messageId: row._id,
        seq: row.seq,
        state,
        ...(code && { code }),
      })
    }
  }
}
