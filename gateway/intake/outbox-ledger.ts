/** What is written down of messages on their way out: who sends them, and what became of them. */
import type { Bus } from '../bus/bus.ts'
import type { DeliveryState } from '../domain/message.ts'
import { deliveryRank } from '../domain/message.ts'
import type { DeliveryReports } from './delivery-reports.ts'
import type { OutboxRow } from './model.ts'
import { MessageModel, OutboxModel } from './model.ts'

const LEASE_MS = 60_000
const RETRY_MS = 1_000
const MAX_BATCH = 500

export interface Outcome {
  row: OutboxRow
  state: DeliveryState
  code?: string
}

export interface LedgerOptions {
  bus: Bus
  now: () => number
  nodeId: string
  reports: DeliveryReports
  onError: (error: unknown) => void
}

export class OutboxLedger {
  private readonly options: LedgerOptions
  private outcomes: Outcome[] = []
  private recording: Promise<void> | undefined

  constructor(options: LedgerOptions) {
    this.options = options
  }

  /** @returns false when another node has one of the rows */
  async lease(rows: OutboxRow[], attempt: number): Promise<boolean> {
    const now = new Date(this.options.now())
    for (const { _id } of rows) {
      const result = await OutboxModel.updateOne(
        {
          _id,
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
      if (result.matchedCount !== 1) return false
    }
    return true
  }

  /**
   * The channel said that it did not take them, or only the first pieces: a crash from here on leaves no doubt
   * about that.
   */
  async giveBack(rows: OutboxRow[], waitMs: number, sentPieces: number): Promise<void> {
    const notBefore = new Date(this.options.now() + waitMs)
    const [head] = rows
    await OutboxModel.updateMany(
      { _id: { $in: rows.map(({ _id }) => _id) }, leaseOwner: this.options.nodeId },
      {
        $set: {
          state: 'queued',
          notBefore,
          // what went out in part stays together
          ...(sentPieces > 0 && { sentPieces, joinedTo: head!._id }),
        },
      },
    ).catch(this.options.onError)
  }

  /** By the ids the provider will name them by. */
  async sent(rows: OutboxRow[], providerIds: string[] | undefined): Promise<void> {
    if (!providerIds?.length) return
    await this.options.reports
      .sent(rows[0]!.accountId, providerIds, rows)
      .catch(this.options.onError)
  }

  record(outcome: Outcome): void {
    this.outcomes.push(outcome)
    this.recording ??= this.writeOutcomes().finally(() => {
      this.recording = undefined
    })
  }

  /** Resolves when everything recorded so far is written. */
  async settled(): Promise<void> {
    while (this.recording) await this.recording
  }

  /** Outcomes of one moment are written together. */
  private async writeOutcomes(): Promise<void> {
    await new Promise(setImmediate)
    while (this.outcomes.length) {
      const batch = this.outcomes.splice(0, MAX_BATCH)
      try {
        await this.write(batch)
      } catch (error) {
        this.options.onError(error)
        this.outcomes.unshift(...batch)
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
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
          // a report that came first may have kept it for people to see
          state: { $ne: 'dead' },
        }),
      // kept for the people who must know, and for a replay
      dead.length &&
        OutboxModel.collection.bulkWrite(
          dead.map(({ row, state, code }) => ({
            updateOne: {
              filter: { _id: row._id as never },
              update: {
                $set: {
                  state: 'dead',
                  error: code,
                  ...(state === 'unknown' && { unknown: true }),
                },
              },
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
