/** What the contact's end says of the messages it got: it moves their delivery state, never back. */
import type { Receipt } from '../../channels/channel.ts'
import type { Bus } from '../bus/bus.ts'
import { legKey } from '../domain/conversation.ts'
import type { Message } from '../domain/message.ts'
import { deliveryRank } from '../domain/message.ts'
import type { Conversations } from './conversations.ts'
import { MessageModel } from './model.ts'

/** A page that was away for long catches up in steps. */
const MAX_AT_ONCE = 200

export class Receipts {
  private readonly conversations: Conversations
  private readonly bus: Bus
  private readonly now: () => number

  constructor(options: { conversations: Conversations; bus: Bus; now: () => number }) {
    this.conversations = options.conversations
    this.bus = options.bus
    this.now = options.now
  }

  async take({ accountId, threadKey, conversationId, seq, state }: Receipt): Promise<void> {
    const conversation = await this.conversations.get(conversationId)
    const leg = conversation?.legs.find((each) => legKey(each) === legKey({ accountId, threadKey }))
    // a receipt for somebody else's conversation is ignored, not explained
    if (!leg) return
    const rank = deliveryRank[state]
    const filter = {
      conversationId,
      legId: leg.id,
      direction: 'out' as const,
      seq: { $lte: seq },
      'delivery.rank': { $lt: rank },
    }
    const reached = await MessageModel.find(filter, { seq: 1 })
      .sort({ seq: -1 })
      .limit(MAX_AT_ONCE)
      .lean<Pick<Message, '_id' | 'seq'>[]>()
    if (!reached.length) return
    await MessageModel.updateMany(
      { _id: { $in: reached.map(({ _id }) => _id) }, 'delivery.rank': { $lt: rank } },
      { $set: { delivery: { state, rank, at: new Date(this.now()) } } },
    )
    for (const { _id, seq: reachedSeq } of reached) {
      this.bus.publish('delivery', { conversationId, messageId: _id, seq: reachedSeq, state })
    }
  }
}
