/**
 * The one place where a conversation changes. A change is one conditional write (its version is in the
 * filter) that carries the new state, the bot's state and the messages with their seq together; the
 * messages are written to the message store and the outbox afterwards, and again after a crash.
 */
import type { Bus } from '../bus/bus.ts'
import type { Conversation } from '../domain/conversation.ts'
import type { Happening } from '../domain/flow-run.ts'
import { legKey } from '../domain/conversation.ts'
import type { Message } from '../domain/message.ts'
import { plainText } from '../domain/message.ts'
import { fail } from '../errors.ts'
import { newId } from '../store/id.ts'
import { Lanes } from './lanes.ts'
import { ConversationModel } from './model.ts'

/** A message before it has its place in the conversation. */
export type Draft = Omit<Message, '_id' | 'conversationId' | 'seq' | 'at'> & { _id?: string }

export interface Change {
  next: Conversation
  drafts: Draft[]
  /** what is counted once this is committed */
  happened?: Happening[]
  /** the next step, taken as soon as this is committed and before anything else happens to the conversation */
  goesOn?: Step
}

/** From the current state to a change of it; `undefined`: nothing to change. */
export type Step = (current: Conversation) => Promise<Change | undefined> | Change | undefined

export interface Changed {
  conversation: Conversation
  messages: Message[]
}

/** How often a change is tried again when another node was faster. */
const MAX_ATTEMPTS = 20
/**
 * The loser reads before it writes again, the winner need not, so without a pause the loser would lose for
 * as long as the winner has changes to make. Random, or two losers would meet again.
 */
const pauseMs = (attempt: number): number => Math.random() * Math.min(100, 2 ** attempt)
/** Conversations kept in memory; a stale one is noticed by its version. */
const CACHE_SIZE = 5000

const optionalFields = [
  'openKeys',
  'bot',
  'expecting',
  'callback',
  'flowEnded',
  'flowRun',
  'waiting',
  'queueId',
  'offer',
  'agentId',
  'lastAgentId',
  'wrapUp',
  'wrapUpCode',
  'firstQueuedAt',
  'firstAcceptedAt',
  'idleAt',
  'closedAt',
  'closeReason',
] as const satisfies readonly (keyof Conversation)[]

export interface ConversationsOptions {
  bus: Bus
  now: () => number
  /** takes the committed messages on to the message store and the outbox */
  flush: (conversation: Conversation, messages: Message[]) => void
  /** once for every change, by the node that committed it */
  committed?: (before: Conversation, after: Conversation, happened: Happening[]) => void
}

export class Conversations {
  private readonly lanes = new Lanes()
  private readonly cache = new Map<string, Conversation>()
  private readonly threads = new Map<string, string>()
  private readonly options: ConversationsOptions

  constructor(options: ConversationsOptions) {
    this.options = options
  }

  async get(conversationId: string): Promise<Conversation | undefined> {
    return this.cache.get(conversationId) ?? this.load(conversationId)
  }

  /** The open conversation of a thread, if there is one. */
  async openByThread(key: string): Promise<Conversation | undefined> {
    const cached = this.cache.get(this.threads.get(key) ?? '')
    if (cached?.openKeys?.includes(key)) return cached
    const found = await ConversationModel.findOne({ openKeys: key }).lean<Conversation>()
    return found ? this.remember(found) : undefined
  }

  /** Stores a new conversation; when another one is open on the same thread already, that one is answered. */
  async open(conversation: Conversation): Promise<Conversation> {
    try {
      await ConversationModel.collection.insertOne(conversation as never)
      return this.remember(conversation)
    } catch (error) {
      if ((error as { code?: number }).code !== 11000) throw error
      const key = legKey(conversation.legs[0]!)
      return (await this.openByThread(key)) ?? fail('CONFLICT')
    }
  }

  /**
   * Runs `step` on the current state, alone on this conversation, and commits what it returns, and so on with
   * what that goes on with. May run a step again when another node changed the conversation meanwhile.
   * @returns the state after the last step, and the messages of all
   */
  change(conversationId: string, step: Step): Promise<Changed> {
    return this.lanes.run(conversationId, async () => {
      const messages: Message[] = []
      for (let next = step; ;) {
        const { goesOn, ...changed } = await this.take(conversationId, next)
        messages.push(...changed.messages)
        if (!goesOn) return { ...changed, messages }
        next = goesOn
      }
    })
  }

  private async take(
    conversationId: string,
    step: Step,
  ): Promise<Changed & Pick<Change, 'goesOn'>> {
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      const current = (await this.get(conversationId)) ?? fail('NOT_FOUND')
      const change = await step(current)
      if (!change) return { conversation: current, messages: [] }
      const changed = await this.commit(current, change)
      if (changed) return { ...changed, ...(change.goesOn && { goesOn: change.goesOn }) }
      await new Promise((resolve) => setTimeout(resolve, pauseMs(attempt)))
      this.cache.delete(conversationId)
    }
    return fail('CONFLICT')
  }

  /** These went from one contact to another: whoever shows one that is open is told. */
  async moved(ids: readonly string[]): Promise<void> {
    for (const id of ids) this.cache.delete(id)
    const open = await ConversationModel.find(
      { _id: { $in: ids }, state: { $ne: 'closed' } },
      { _id: 1 },
    ).lean<{ _id: string }[]>()
    const asItIs = (next: Conversation) =>
      next.state === 'closed' ? undefined : { next, drafts: [] }
    await Promise.all(open.map(({ _id }) => this.change(_id, asItIs)))
  }

  /** Resolves when every change begun so far is committed. */
  idle(): Promise<void> {
    return this.lanes.idle()
  }

  private async commit(current: Conversation, change: Change): Promise<Changed | undefined> {
    const now = new Date(this.options.now())
    const messages = change.drafts.map((draft, index): Message => ({
      ...draft,
      _id: draft._id ?? newId(),
      conversationId: current._id,
      seq: current.lastSeq + index + 1,
      at: now,
      ...(draft.direction === 'out' &&
        draft.legId && { delivery: { state: 'queued' as const, rank: 0, at: now } }),
    }))
    // what people said tells more of the matter than what the bot answered
    const spoken = messages.findLast(
      ({ author, parts }) =>
        ['contact', 'agent'].includes(author.kind) &&
        // a pressed key says nothing to people who did not hear the menu
        plainText(parts.filter(({ type }) => type !== 'keys')),
    )
    const next: Conversation = {
      ...change.next,
      version: current.version + 1,
      lastSeq: current.lastSeq + messages.length,
      preview: spoken ? plainText(spoken.parts).slice(0, 120) : current.preview,
      pending: [],
    }
    // only what changed travels: the bot's state is most of a conversation and often stays as it is
    const set: Record<string, unknown> = {}
    const unset: Record<string, ''> = {}
    for (const [field, value] of Object.entries(next)) {
      if (field === '_id' || field === 'pending') continue
      if (value !== undefined && value !== current[field as keyof Conversation]) set[field] = value
    }
    for (const field of optionalFields) {
      if (next[field] === undefined && current[field] !== undefined) unset[field] = ''
    }
    // the native collection: the document is ours from end to end, casting it again costs a third of the time
    const result = await ConversationModel.collection.updateOne(
      { _id: next._id as never, version: current.version },
      {
        $set: set,
        ...(Object.keys(unset).length && { $unset: unset }),
        ...(messages.length && { $push: { pending: { $each: messages } } as never }),
      },
    )
    if (!result.matchedCount) return undefined
    this.remember(next)
    this.options.flush(next, messages)
    this.options.committed?.(current, next, change.happened ?? [])
    this.options.bus.publish('conversation', { before: current, after: next, messages })
    return { conversation: next, messages }
  }

  private async load(conversationId: string): Promise<Conversation | undefined> {
    const found = await ConversationModel.findById(conversationId).lean<Conversation>()
    return found ? this.remember(found) : undefined
  }

  private remember(conversation: Conversation): Conversation {
    this.cache.delete(conversation._id)
    this.cache.set(conversation._id, conversation)
    for (const key of conversation.openKeys ?? []) this.threads.set(key, conversation._id)
    if (this.cache.size > CACHE_SIZE) {
      const [oldest, gone] = this.cache.entries().next().value!
      this.cache.delete(oldest)
      for (const leg of gone.legs) this.threads.delete(legKey(leg))
    }
    return conversation
  }
}
