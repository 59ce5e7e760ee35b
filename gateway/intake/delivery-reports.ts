/**
 * What providers say later of what they took. A report may be quicker than our own record of the sending: both
 * sides write to one document by the provider's id, and whoever comes second sees what the first one left.
 */
import type { DeliveryReport } from '../../channels/channel.ts'
import type { Bus } from '../bus/bus.ts'
import type { Conversation } from '../domain/conversation.ts'
import { deliveryRank } from '../domain/message.ts'
import type { OutboxRow, SentId } from './model.ts'
import { ConversationModel, MessageModel, OutboxModel, SentIdModel } from './model.ts'

export class DeliveryReports {
  private readonly bus: Bus
  private readonly now: () => number

  constructor(options: { bus: Bus; now: () => number }) {
    this.bus = options.bus
    this.now = options.now
  }

  /** The provider took these messages and calls them so. */
  async sent(accountId: string, providerIds: string[], rows: OutboxRow[]): Promise<void> {
    const messages = rows.map(({ _id: id, conversationId, seq }) => ({ id, conversationId, seq }))
    for (const providerId of providerIds) {
      const known = await this.note(accountId, providerId, { messages })
      if (known?.early) await this.apply(messages, known.early)
    }
  }

  async take({ accountId, providerId, state, code }: DeliveryReport): Promise<void> {
    const early = { state, ...(code && { code }) }
    const known = await this.note(accountId, providerId, { early })
    if (known?.messages?.length) await this.apply(known.messages, early)
  }

  private async note(
    accountId: string,
    providerId: string,
    fields: Partial<SentId>,
  ): Promise<SentId | null> {
    return SentIdModel.findOneAndUpdate(
      { _id: `${accountId}|${providerId}` },
      { $set: { ...fields, at: new Date(this.now()) } },
      { upsert: true, returnDocument: 'after' },
    ).lean<SentId>()
  }

  private async apply(
    messages: SentId['messages'],
    { state, code }: NonNullable<SentId['early']>,
  ): Promise<void> {
    const rank = deliveryRank[state]
    for (const { id, conversationId, seq } of messages) {
      const moved = await MessageModel.updateOne(
        { _id: id, 'delivery.rank': { $lt: rank } },
        { $set: { delivery: { state, rank, at: new Date(this.now()), ...(code && { code }) } } },
      )
      if (!moved.modifiedCount) continue
      if (state === 'failed') await this.keepForPeople(id, conversationId, seq, code)
      this.bus.publish('delivery', {
        ...{ conversationId, messageId: id, seq, state },
        ...(code && { code }),
      })
    }
  }

  /** Taken and then not delivered: listed with the others that failed, so that it can be sent again. */
  private async keepForPeople(
    messageId: string,
    conversationId: string,
    seq: number,
    code: string | undefined,
  ): Promise<void> {
    const [message, conversation] = await Promise.all([
      MessageModel.findById(messageId, { legId: 1 }).lean<{ legId?: string }>(),
      ConversationModel.findById(conversationId).lean<Conversation>(),
    ])
    const leg = conversation?.legs.find(({ id }) => id === message?.legId)
    if (!leg) return
    const at = new Date(this.now())
    const row: Omit<OutboxRow, '_id'> = {
      ...{ conversationId, legId: leg.id, seq, state: 'dead', attempts: 1 },
      ...{ accountId: leg.accountId, channel: leg.channel, threadKey: leg.threadKey },
      ...{ notBefore: at, expiresAt: at, error: code ?? 'NOT_DELIVERED' },
    }
    await OutboxModel.updateOne({ _id: messageId }, { $set: row }, { upsert: true })
  }
}
