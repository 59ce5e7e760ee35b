/** Messages that wait for their channel or failed, and what came in and could not be handled: seen and replayed. */
import type { Contacts } from '../contacts/contacts.ts'
import type { DeadInboxView, OutboxSummaryView, OutboxView } from '../accounts/schema.ts'
import type { Bus } from '../bus/bus.ts'
import type { Conversation } from '../domain/conversation.ts'
import type { Message } from '../domain/message.ts'
import { deliveryRank, plainText } from '../domain/message.ts'
import { fail } from '../errors.ts'
import type { Inbound } from '../intake/inbound.ts'
import type { Account, InboxRow, OutboxRow } from '../intake/model.ts'
import {
  AccountModel,
  ConversationModel,
  InboxModel,
  MessageModel,
  OutboxModel,
} from '../intake/model.ts'
import type { Outbox } from '../intake/outbox.ts'

/** What is shown at once; more is mended account by account. */
const PAGE = 200
/** A replayed message is tried for so long. */
const REPLAY_WITHIN_MS = 24 * 3_600_000
const MAX_TEXT_CHARS = 200

export interface DeliveriesOptions {
  contacts: Contacts
  outbox: Outbox
  inbound: Inbound
  bus: Bus
  now: () => number
}

export class Deliveries {
  private readonly options: DeliveriesOptions

  constructor(options: DeliveriesOptions) {
    this.options = options
  }

  async summary(): Promise<OutboxSummaryView[]> {
    const by = { $group: { _id: '$accountId', count: { $sum: 1 } } }
    const counts = (model: typeof OutboxModel | typeof InboxModel, state: object) =>
      (model as typeof OutboxModel).aggregate<{ _id: string; count: number }>([
        { $match: state },
        by,
      ])
    const [waiting, dead, deadInbox] = await Promise.all([
      counts(OutboxModel, { state: { $in: ['queued', 'sending'] } }),
      counts(OutboxModel, { state: 'dead' }),
      counts(InboxModel, { state: 'dead' }),
    ])
    const accountIds = new Set([...waiting, ...dead, ...deadInbox].map(({ _id }) => _id))
    const accounts = await AccountModel.find({ _id: { $in: [...accountIds] } }, { name: 1 }).lean<
      Pick<Account, '_id' | 'name'>[]
    >()
    const of = (found: typeof waiting, id: string) =>
      found.find(({ _id }) => _id === id)?.count ?? 0
    return [...accountIds].sort().map((accountId) => ({
      accountId,
      name: accounts.find(({ _id }) => _id === accountId)?.name ?? accountId,
      waiting: of(waiting, accountId),
      dead: of(dead, accountId),
      deadInbox: of(deadInbox, accountId),
    }))
  }

  /** Newest first. */
  async outgoing(which: 'waiting' | 'dead', accountId?: string): Promise<OutboxView[]> {
    const rows = await OutboxModel.find({
      state: which === 'dead' ? 'dead' : { $in: ['queued', 'sending'] },
      ...(accountId && { accountId }),
    })
      .sort({ _id: -1 })
      .limit(PAGE)
      .lean<OutboxRow[]>()
    const [messages, conversations] = await Promise.all([
      MessageModel.find({ _id: { $in: rows.map(({ _id }) => _id) } }).lean<Message[]>(),
      ConversationModel.find(
        { _id: { $in: rows.map(({ conversationId }) => conversationId) } },
        { contactId: 1 },
      ).lean<Pick<Conversation, '_id' | 'contactId'>[]>(),
    ])
    const message = new Map(messages.map((each) => [each._id, each]))
    const contactId = new Map(conversations.map((each) => [each._id, each.contactId]))
    return Promise.all(
      rows.map(async (row): Promise<OutboxView> => {
        const found = message.get(row._id)
        const contact = await this.options.contacts.get(contactId.get(row.conversationId) ?? '')
        return {
          id: row._id,
          ...{ conversationId: row.conversationId, accountId: row.accountId },
          ...{ channel: row.channel, state: row.state, attempts: row.attempts },
          notBeforeMs: row.notBefore.getTime(),
          expiresAtMs: row.expiresAt.getTime(),
          unknown: row.unknown ?? false,
          author: found?.author.kind ?? 'system',
          text: found ? plainText(found.parts).slice(0, MAX_TEXT_CHARS) : '',
          atMs: (found?.at ?? row.notBefore).getTime(),
          ...(row.error && { error: row.error }),
          ...(contact && { contactId: contact._id }),
          ...(contact?.name && { contactName: contact.name }),
        }
      }),
    )
  }

  /** Sends it again. Who replays what is `unknown` takes the risk that it arrives twice. @throws NOT_FOUND */
  async replay(messageId: string): Promise<void> {
    const at = new Date(this.options.now())
    const row = await OutboxModel.findOneAndUpdate(
      { _id: messageId, state: 'dead' },
      {
        $set: {
          state: 'queued',
          attempts: 0,
          notBefore: at,
          expiresAt: new Date(at.getTime() + REPLAY_WITHIN_MS),
        },
        $unset: { error: '', unknown: '', leaseOwner: '', leaseUntil: '', sentPieces: '' },
      },
      { returnDocument: 'after' },
    ).lean<OutboxRow>()
    if (!row) fail('NOT_FOUND')
    await MessageModel.updateOne(
      { _id: messageId },
      { $set: { delivery: { state: 'queued', rank: deliveryRank.queued, at } } },
    )
    this.options.bus.publish('delivery', {
      conversationId: row.conversationId,
      ...{ messageId, seq: row.seq, state: 'queued' },
    })
    this.options.outbox.dispatch([row])
  }

  /** It stays failed and is listed no more. @throws NOT_FOUND */
  async discard(messageId: string): Promise<void> {
    const { deletedCount } = await OutboxModel.deleteOne({ _id: messageId, state: 'dead' })
    if (!deletedCount) fail('NOT_FOUND')
  }

  async unhandled(accountId?: string): Promise<DeadInboxView[]> {
    const rows = await InboxModel.find({ state: 'dead', ...(accountId && { accountId }) })
      .sort({ _id: -1 })
      .limit(PAGE)
      .lean<InboxRow[]>()
    return rows.map((row) => ({
      ...{ id: row._id, accountId: row.accountId, channel: row.channel, kind: row.kind },
      text: plainText(row.parts).slice(0, MAX_TEXT_CHARS),
      ...{ error: row.error ?? '', attempts: row.attempts },
      receivedAtMs: row.receivedAt.getTime(),
    }))
  }

  /** @throws NOT_FOUND */
  async handleAgain(inboxId: string): Promise<void> {
    const row = await InboxModel.findOneAndUpdate(
      { _id: inboxId, state: 'dead' },
      { $set: { state: 'new', attempts: 0 }, $unset: { error: '' } },
      { returnDocument: 'after' },
    ).lean<InboxRow>()
    this.options.inbound.again(row ?? fail('NOT_FOUND'))
  }
}
