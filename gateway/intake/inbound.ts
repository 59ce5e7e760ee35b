/** From the inbox to the conversation: stored, acknowledged, then handled one at a time per thread. */
import type { ChannelAdapter, Envelope } from '../../channels/channel.ts'
import type { Identities, Sighting } from '../contacts/identities.ts'
import type { Channel, Conversation, Expecting, Leg } from '../domain/conversation.ts'
import { legKey, turnOwner } from '../domain/conversation.ts'
import { writtenLast } from '../domain/written-last.ts'
import { newId } from '../store/id.ts'
import { isOutage } from '../store/outage.ts'
import type { Change, Conversations } from './conversations.ts'
import { applyEvent, noticeDraft } from './effects.ts'
import { flowInput } from './flow-input.ts'
import { Lanes } from './lanes.ts'
import type { Pacer } from './pacer.ts'
import type { InboxRow } from './model.ts'
import { ConversationModel, InboxModel } from './model.ts'
import type { Known } from './new-conversation.ts'
import { newLeg, opened } from './new-conversation.ts'
import type { Turns } from './turns.ts'
import type { Windows } from './windows.ts'
import { handoffStatus } from './turns.ts'

/** A row that fails this often is set aside for people to look at, and the thread goes on. */
const MAX_ATTEMPTS = 5
const RETRY_MS = 300
const OUTAGE_RETRY_MS = 500

export interface InboundOptions {
  conversations: Conversations
  identities: Identities
  turns: Turns
  windows: Windows
  pacer: Pacer
  adapter: (channel: Channel) => ChannelAdapter | undefined
  now: () => number
  /** how long an agent may write up a call of this queue */
  wrapUpMs: (queueId: string | undefined) => number
  /** the row's effects are committed */
  onDone: (inboxId: string) => void
  onError: (error: unknown, about: { inboxId: string }) => void
}

export class Inbound {
  private readonly lanes = new Lanes()
  private readonly options: InboundOptions

  constructor(options: InboundOptions) {
    this.options = options
  }

  /** Resolves when the envelope is on disk; a repeat of one stored before changes nothing. */
  async receive(envelope: Envelope): Promise<'new' | 'duplicate'> {
    const row: InboxRow = {
      ...envelope,
      _id: newId(),
      receivedAt: new Date(this.options.now()),
      state: 'new',
      attempts: 0,
    }
    try {
      await this.options.pacer.first(() => InboxModel.collection.insertOne(row as never))
    } catch (error) {
      if ((error as { code?: number }).code === 11000) return 'duplicate'
      throw error
    }
    this.take(row)
    return 'new'
  }

  /** At start: what was stored and not handled when the process ended, in the order it came. */
  async recover(): Promise<number> {
    const rows = await InboxModel.find({ state: 'new' }).sort({ _id: 1 }).lean<InboxRow[]>()
    for (const row of rows) this.take(row)
    return rows.length
  }

  /** One that had been set aside. */
  again(row: InboxRow): void {
    this.take(row)
  }

  idle(): Promise<void> {
    return this.lanes.idle()
  }

  private take(row: InboxRow): void {
    void this.lanes.run(legKey(row), () => this.handle(row))
  }

  private async handle(row: InboxRow): Promise<void> {
    for (let attempt = 1; ;) {
      try {
        await this.options.pacer.run(() => this.into(row))
        this.options.onDone(row._id)
        return
      } catch (error) {
        this.options.onError(error, { inboxId: row._id })
        // not the row's fault: it waits for as long as the store is away
        if (isOutage(error)) {
          await new Promise((resolve) => setTimeout(resolve, OUTAGE_RETRY_MS))
          continue
        }
        if (attempt >= MAX_ATTEMPTS) {
          await InboxModel.updateOne(
            { _id: row._id },
            { $set: { state: 'dead', attempts: attempt, error: String(error) } },
          ).catch((failure: unknown) => this.options.onError(failure, { inboxId: row._id }))
          return
        }
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS * attempt++))
      }
    }
  }

  private async into(row: InboxRow): Promise<void> {
    const { conversations, identities } = this.options
    const known = await identities.seen(await this.sighting(row))
    // before the flow answers: what it says is covered by what this grants
    if (row.grants?.length) await this.options.windows.grant(row, row._id, row.grants)
    let handled = false
    while (!handled) {
      let conversation = await conversations.openByThread(legKey(row))
      if (!conversation) {
        if (!opens.has(row.kind) || (await wasHandled(row))) return
        conversation =
          (await this.joined(row, known)) ??
          (await conversations.open(opened(row, known, this.options.now())))
        // they wrote in the same moment, and theirs was first: the call joins it
        if (!conversation.openKeys?.includes(legKey(row))) continue
      }
      await conversations.change(conversation._id, async (current) => {
        handled = current.state !== 'closed'
        return handled ? this.step(row, current) : undefined
      })
    }
  }

  /** What the channel can find out besides, now that nobody waits to be told that it arrived. */
  private async sighting(row: InboxRow): Promise<Sighting> {
    if (row.kind === 'leave') return row
    try {
      const also = await this.options.adapter(row.channel)?.alsoKnownAs?.(row)
      return also?.length ? { ...row, alsoKnownAs: [...(row.alsoKnownAs ?? []), ...also] } : row
    } catch (error) {
      // who they are besides may be learned with the next word
      this.options.onError(error, { inboxId: row._id })
      return row
    }
  }

  /** The open conversation a new leg was meant for, with the leg in it. */
  private async joined(row: InboxRow, known: Known): Promise<Conversation | undefined> {
    const { accountId, beside } = row
    const { conversations } = this.options
    const conversationId =
      row.conversationId ??
      (beside && (await conversations.openByThread(legKey({ accountId, ...beside })))?._id)
    if (!conversationId) return undefined
    const { conversation } = await conversations.change(conversationId, (current) => {
      if (current.state === 'closed' || current.openKeys?.includes(legKey(row))) return undefined
      const leg = newLeg(row, known, this.options.now())
      const legs = [...current.legs, leg]
      return {
        next: {
          ...current,
          legs,
          openKeys: [...(current.openKeys ?? []), legKey(leg)],
          // this is the call that was asked for
          ...(leg.call?.direction === 'out' && { callback: undefined }),
        },
        drafts: [],
      }
    })
    return conversation.state === 'closed' ? undefined : conversation
  }

  private async step(row: InboxRow, current: Conversation): Promise<Change | undefined> {
    const leg = current.legs.find((candidate) => legKey(candidate) === legKey(row))!
    // committed, unless the process ended in the middle of the bot's turn
    if (leg.lastInboxId === row._id) return this.options.turns.resume(current, leg)
    const now = new Date(this.options.now())
    const legs = current.legs.map((each) =>
      each === leg ? { ...handledOn(leg, row.kind), lastInboxId: row._id } : each,
    )
    // they are answered where they write, also where an agent had gone on elsewhere
    const ordered = row.kind === 'message' ? writtenLast(legs, leg.id) : legs
    const change: Change = {
      next: { ...current, legs: ordered, lastActivityAt: now },
      drafts: [],
    }
    switch (row.kind) {
      case 'message':
        await this.say(row, change, leg, current)
        break
      case 'arrive':
        await this.arrive(row, change, leg)
        break
      case 'lang':
        if (row.lang) change.next.lang = row.lang
        break
      case 'leave':
        await this.leave(change, leg)
        break
      case 'call':
        await this.call(row, change, leg)
        break
      case 'silence':
        // said too late: the flow has gone on meanwhile
        if (
          turnOwner(current.state) === 'bot' &&
          current.expecting &&
          current.expecting.kind !== 'transfer'
        )
          await this.options.turns.run(change, leg, { in: 'silence' })
        break
      case 'transferred':
        if (awaits(current, 'transfer'))
          await this.options.turns.run(change, leg, {
            in: 'event',
            name: 'transfer.status',
            data: { status: row.outcome ?? 'failed' },
          })
        break
      case 'notStored':
        if (awaits(current, 'voicemail'))
          await this.options.turns.run(change, leg, {
            in: 'event',
            name: 'voicemail.status',
            data: { status: 'failed' },
          })
        break
      case 'hangUp':
        await this.hangUp(row, change, leg)
        break
    }
    return change
  }

  /** They came without a word; who is talking already is not greeted anew. */
  private async arrive(row: InboxRow, change: Change, leg: Leg): Promise<void> {
    const { scene } = row
    change.drafts.push(noticeDraft({ name: 'arrived', data: scene ? { scene } : {} }))
    if (scene)
      change.next.legs = change.next.legs.map((each) =>
        each.id === leg.id ? { ...each, scene } : each,
      )
    const { turns } = this.options
    if (change.next.state === 'bot' && !turns.underWay(change)) await turns.greet(change, leg)
    else turns.setIdle(change)
  }

  /** A telephone leg began: the flow answers it, unless an agent has the conversation already. */
  private async call(row: InboxRow, change: Change, leg: Leg): Promise<void> {
    const { direction, number, ourNumber } = row.call ?? { direction: 'in' }
    change.drafts.push(
      noticeDraft({
        name: 'callStarted',
        data: { direction, ...(number && { number }), ...(ourNumber && { called: ourNumber }) },
      }),
    )
    if (row.call?.agentId)
      applyEvent(change, { type: 'takeOver', agentId: row.call.agentId }, this.options.now())
    else if (change.next.state === 'bot' || change.next.state === 'wrapUp')
      await this.options.turns.greet(change, leg)
    else this.options.turns.setIdle(change)
  }

  /** A telephone leg is over, whoever ended it. A conversation that also goes on in writing stays as it is. */
  private async hangUp(row: InboxRow, change: Change, leg: Leg): Promise<void> {
    const nowMs = this.options.now()
    const legs = change.next.legs.map((each) =>
      each.id === leg.id ? { ...each, state: 'ended' as const, endedAt: new Date(nowMs) } : each,
    )
    const openKeys = change.next.openKeys?.filter((key) => key !== legKey(leg))
    change.next = { ...change.next, legs, openKeys: openKeys?.length ? openKeys : undefined }
    const by = row.outcome ?? 'contact'
    const durationMs = nowMs - leg.openedAt.getTime()
    change.drafts.push(noticeDraft({ name: 'callEnded', data: { by, durationMs } }))
    if (legs.some(isUsed) || change.next.state === 'closed') {
      if (change.next.state !== 'closed') this.options.turns.setIdle(change)
      return
    }
    await this.lastLegEnded(change, leg, by)
  }

  private async lastLegEnded(change: Change, leg: Leg, by: string): Promise<void> {
    const { turns, now, wrapUpMs } = this.options
    const { state, agentId, queueId, callback } = change.next
    // an agent's own call that nobody answered: they try again, or finish
    if (state === 'agent' && leg.call?.direction === 'out' && notReached.has(by))
      return turns.setIdle(change)
    // who is to be called back keeps the place in the queue, or is called by the agent who has taken it
    if (callback && (state === 'queued' || state === 'offered' || state === 'agent')) return
    if (state === 'agent' && agentId)
      applyEvent(change, { type: 'finish', agentId, wrapUpMs: wrapUpMs(queueId) }, now())
    else if (state === 'queued' || state === 'offered')
      applyEvent(change, { type: 'abandon' }, now())
    if (change.next.state !== 'bot' && change.next.state !== 'wrapUp') return
    const before = change.drafts.length
    await turns.run(change, leg, { in: 'hangup' })
    // nobody listens any more
    const unheard = change.drafts.splice(before).filter(({ direction }) => direction !== 'out')
    change.drafts.push(...unheard)
    if (change.next.state === 'bot')
      applyEvent(change, { type: 'close', reason: 'abandoned' }, now())
    else if (change.next.state === 'wrapUp') applyEvent(change, { type: 'flowEnded' }, now())
  }

  private async say(row: InboxRow, change: Change, leg: Leg, current: Conversation): Promise<void> {
    change.drafts.push({
      _id: row._id,
      direction: 'in',
      legId: leg.id,
      author: { kind: 'contact', id: current.contactId },
      parts: row.parts,
      dedupeKey: row.dedupeKey,
      ...(row.lang && { lang: row.lang }),
    })
    if (turnOwner(current.state) !== 'bot') return
    await this.options.turns.answer(change, leg, flowInput(row.parts))
  }

  private async leave(change: Change, leg: Leg): Promise<void> {
    const nowMs = this.options.now()
    const { state } = change.next
    if (state === 'queued' || state === 'offered') {
      // the flow takes over again and offers what else it can do
      applyEvent(change, { type: 'abandon' }, nowMs)
      await this.options.turns.run(change, leg, handoffStatus('cancelled'))
    } else if (state === 'bot') {
      applyEvent(change, { type: 'close', reason: 'abandoned' }, nowMs)
    }
  }
}

function handledOn({ unused, ...leg }: Leg, kind: InboxRow['kind']): Leg {
  return kind === 'message' || !unused ? leg : { ...leg, unused }
}

/** What may begin a conversation. */
const opens = new Set<InboxRow['kind']>(['message', 'arrive', 'call'])

/** Does the talk go on there? */
const isUsed = ({ state, unused }: Leg): boolean => state === 'open' && !unused

/** How calls out fail to reach anybody (channels/sip CallOutcome). */
const notReached = new Set([
  'busy',
  'noAnswer',
  'declined',
  'unknownNumber',
  'unavailable',
  'failed',
])

/** Is that still what the flow waits for? What comes too late belongs to nothing any more. */
const awaits = ({ state, expecting }: Conversation, kind: Expecting['kind']): boolean =>
  turnOwner(state) === 'bot' && expecting?.kind === kind

/** The conversation a half-handled row was committed to may have been closed by that very commit. */
async function wasHandled(row: InboxRow): Promise<boolean> {
  const found = await ConversationModel.exists({
    'legs.threadKey': row.threadKey,
    legs: { $elemMatch: { accountId: row.accountId, lastInboxId: row._id } },
  })
  return found !== null
}
