/**
 * Takes committed messages from their conversation's `pending` list to the message store and the outbox.
 * All steps may be repeated: ids are given at commit, so a second writing of the same message is refused
 * by the store and harmless. What a crash interrupts is found again in `pending` at the next start.
 */
import type { Conversation } from '../domain/conversation.ts'
import type { Message } from '../domain/message.ts'
import { ConversationModel, InboxModel, MessageModel, OutboxModel } from './model.ts'
import type { OutboxRow } from './model.ts'

interface Committed {
  conversation: Conversation
  messages: Message[]
}

/** More waits for the next round; keeps one write below the store's message size. */
const MAX_BATCH = 500
const RETRY_MS = 500
/** What cannot be handed to a channel within this time is told as expired. */
const SEND_WITHIN_MS = 48 * 3_600_000

export interface FlusherOptions {
  /** called with rows that are on disk now, in seq order per conversation */
  onOutbox: (rows: OutboxRow[], messages: Map<string, Message>) => void
  onError: (error: unknown) => void
}

export class Flusher {
  private queue: Committed[] = []
  private handled: string[] = []
  private running: Promise<void> | undefined
  private readonly options: FlusherOptions

  constructor(options: FlusherOptions) {
    this.options = options
  }

  add(conversation: Conversation, messages: Message[]): void {
    if (!messages.length) return
    this.queue.push({ conversation, messages })
    this.wake()
  }

  /** The inbox row's effects are committed; it need not be looked at again. */
  inboxDone(inboxId: string): void {
    this.handled.push(inboxId)
    this.wake()
  }

  /** Resolves when everything added so far is in the message store. */
  async settled(): Promise<void> {
    while (this.running) await this.running
  }

  /** At start: takes up what was committed and not yet written when the process ended. */
  async recover(): Promise<number> {
    const left = await ConversationModel.find({ 'pending._id': { $gt: '' } }).lean<Conversation[]>()
    for (const conversation of left) this.add(conversation, conversation.pending)
    await this.settled()
    return left.length
  }

  private wake(): void {
    this.running ??= this.drain().finally(() => {
      this.running = undefined
    })
  }

  private async drain(): Promise<void> {
    // let the commits of this moment gather into one write
    await new Promise(setImmediate)
    while (this.queue.length || this.handled.length) {
      const batch = this.takeBatch()
      const inboxIds = this.handled.splice(0, MAX_BATCH)
      try {
        await Promise.all([this.write(batch), markHandled(inboxIds)])
      } catch (error) {
        this.options.onError(error)
        this.queue.unshift(...batch)
        this.handled.unshift(...inboxIds)
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
      }
    }
  }

  private takeBatch(): Committed[] {
    let messages = 0
    let count = 0
    while (count < this.queue.length && messages < MAX_BATCH) {
      messages += this.queue[count++]!.messages.length
    }
    return this.queue.splice(0, count)
  }

  private async write(batch: Committed[]): Promise<void> {
    if (!batch.length) return
    const messages = batch.flatMap((committed) => committed.messages)
    const rows = batch.flatMap(outboxRows)
    await Promise.all([insertOnce(MessageModel, messages), insertOnce(OutboxModel, rows)])
    await ConversationModel.collection.bulkWrite(
      batch.map(({ conversation, messages: written }) => ({
        updateOne: {
          filter: { _id: conversation._id as never },
          update: {
            $pull: { pending: { _id: { $in: written.map((message) => message._id) } } } as never,
          },
        },
      })),
      { ordered: false },
    )
    // last, so that a failed and repeated write never hands the same row out twice
    this.options.onOutbox(rows, new Map(messages.map((message) => [message._id, message])))
  }
}

function outboxRows({ conversation, messages }: Committed): OutboxRow[] {
  return messages.flatMap((message) => {
    if (message.direction !== 'out' || !message.legId) return []
    const leg = conversation.legs.find((candidate) => candidate.id === message.legId)
    if (!leg) return []
    const row: OutboxRow = {
      _id: message._id,
      conversationId: conversation._id,
      legId: leg.id,
      accountId: leg.accountId,
      channel: leg.channel,
      threadKey: leg.threadKey,
      seq: message.seq,
      state: 'queued',
      attempts: 0,
      notBefore: message.at,
      expiresAt: new Date(message.at.getTime() + SEND_WITHIN_MS),
    }
    return [row]
  })
}

async function insertOnce(
  model: typeof MessageModel | typeof OutboxModel,
  docs: object[],
): Promise<void> {
  if (!docs.length) return
  try {
    await model.collection.insertMany(docs as never[], { ordered: false })
  } catch (error) {
    if ((error as { code?: number }).code !== 11000) throw error
  }
}

async function markHandled(inboxIds: string[]): Promise<void> {
  if (!inboxIds.length) return
  await InboxModel.collection.updateMany(
    { _id: { $in: inboxIds as never[] } },
    { $set: { state: 'done' } },
  )
}
