/** Lets the bot take its turn in a conversation and turns what it wants into a change. */
import type { EffectOf, FlowInput } from '../../bots/flow/state.ts'
import type { Contact } from '../domain/contact.ts'
import type { Channel, Conversation, Leg } from '../domain/conversation.ts'
import { turnOwner } from '../domain/conversation.ts'
import type { Followed } from '../measures/following.ts'
import { followFailure, followTurn } from '../measures/following.ts'
import type { RoutingSettings } from '../routing/settings.ts'
import type { Bot, BotReply } from './bot-port.ts'
import type { Change } from './conversations.ts'
import { applyEffects, applyEvent } from './effects.ts'
import { isGreeting } from './is-greeting.ts'
import { AccountModel } from './model.ts'
import type { Account } from './model.ts'

/** To a turn that stopped to be heard: now ask the service. No flow listens to it. */
const goOn: FlowInput = { in: 'event', name: 'turn.goOn' }

/** A flow that keeps asking for closed queues is a mistake; a person is called instead. */
const MAX_CLOSED_QUEUES = 3

/** What is known of a conversation when it begins. */
export interface Opening {
  conversationId: string
  channel: Channel
  accountId: string
  /** the number that was called */
  called?: string
  lang: string
  /** the first message */
  text?: string
  scene?: string
  atMs: number
}

export interface TurnsOptions {
  bot: Bot
  settings: RoutingSettings
  now: () => number
  contact: (contactId: string) => Promise<Contact | undefined>
  /** the flow a conversation begins with by the rules of the house (flow-routes); none: the account's own */
  flowFor: (facts: Opening) => string | undefined
  /** a message for a mailbox, in writing */
  leaveWords: (conversation: Conversation, words: EffectOf<'leave'>) => Promise<unknown>
  idleMs: number
  onError: (error: unknown) => void
}

export class Turns {
  private readonly options: TurnsOptions

  constructor(options: TurnsOptions) {
    this.options = options
  }

  /**
   * Runs one turn on `change.next` and applies its effects to it. A bot that fails calls a human. What the bot
   * says while it asks a service is committed first; the change then goes on with the rest of the turn.
   * @param opening the first message, where the flow begins before it hears it
   */
  async run(change: Change, leg: Leg, input: FlowInput, opening?: FlowInput): Promise<void> {
    // the process that had begun the turn is gone
    if (input !== goOn && input.in !== 'hangup' && this.options.bot.unfinished(change.next.bot)) {
      await this.run(change, leg, goOn)
      return this.afterwards(change, (later) => this.run(later, leg, input, opening))
    }
    try {
      let asked: FlowInput | undefined = input
      for (let round = 0; asked; round++) {
        const reply = await this.turn(change, leg, asked, opening)
        this.follow(change, leg, asked, reply)
        const { closedQueue } = this.apply(change, leg, reply)
        if (closedQueue && round >= MAX_CLOSED_QUEUES)
          throw new Error(`flow insists on closed queue ${closedQueue}`)
        asked = closedQueue ? handoffStatus('closed') : undefined
        if (reply.status === 'calling') change.goesOn = (current) => this.resume(current, leg)
      }
    } catch (error) {
      this.options.onError(error)
      this.callHuman(change, leg)
    }
    this.setIdle(change)
  }

  /** The rest of a turn that stopped to be heard, if there is one and the bot has the conversation still. */
  async resume(current: Conversation, leg: Leg): Promise<Change | undefined> {
    if (turnOwner(current.state) !== 'bot' || !this.options.bot.unfinished(current.bot))
      return undefined
    const change: Change = { next: current, drafts: [] }
    await this.run(change, leg, goOn)
    return change
  }

  /** Does the rest when the turn has come to its end, in this change or in one it goes on with. */
  private async afterwards(change: Change, rest: (change: Change) => Promise<void>): Promise<void> {
    const { goesOn } = change
    if (!goesOn) return rest(change)
    change.goesOn = async (current) => {
      const later = await goesOn(current)
      if (later) await this.afterwards(later, rest)
      return later
    }
  }

  /** Answers what the contact said, from the beginning when no flow is under way. */
  async answer(change: Change, leg: Leg, input: FlowInput): Promise<void> {
    if (this.underWay(change)) return this.run(change, leg, input)
    return this.first(change, leg, input)
  }

  /** Has a flow begun, and not ended? */
  underWay(change: Change): boolean {
    return this.options.bot.pins(change.next.bot).length > 0
  }

  /** Tells the flow what became of its hand-off; one that has ended hears nothing, and does not begin anew. */
  async tell(change: Change, leg: Leg, status: FlowInput): Promise<void> {
    if (this.underWay(change)) return this.run(change, leg, status)
    // nothing more will be said: the conversation closes when it is written up
    if (change.next.state === 'wrapUp')
      applyEvent(change, { type: 'flowEnded' }, this.options.now())
    this.setIdle(change)
  }

  /**
   * The first word of a conversation: the flow greets, and a real question is answered at once instead of
   * being met with a menu only.
   */
  private async first(change: Change, leg: Leg, input: FlowInput): Promise<void> {
    // spoken to again while the agent writes up: the end of the flow before counts no more
    if (change.next.flowEnded) change.next = { ...change.next, flowEnded: undefined }
    await this.run(change, leg, { in: 'start' }, input)
    await this.afterwards(change, (later) => this.afterGreeting(later, leg, input))
  }

  private async afterGreeting(change: Change, leg: Leg, input: FlowInput): Promise<void> {
    const listens = change.next.state === 'bot' || change.next.state === 'wrapUp'
    if (!listens || isGreeting(input)) return
    const menu = change.drafts.findLastIndex((draft) =>
      draft.parts.some((part) => part.type === 'quickReplies'),
    )
    const before = change.drafts.length
    await this.run(change, leg, input)
    // the answer brings the menu again; showing it twice in one breath confuses
    const answered = change.drafts.slice(before).some((draft) => draft.direction === 'out')
    if (answered && menu >= 0) change.drafts.splice(menu, 1)
  }

  /** A call began: the flow greets, whatever was said in writing before. */
  async greet(change: Change, leg: Leg): Promise<void> {
    change.next = { ...change.next, bot: undefined, flowEnded: undefined }
    await this.run(change, leg, { in: 'start' })
  }

  setIdle(change: Change): void {
    const { state } = change.next
    const calling = change.next.legs.some((leg) => leg.channel === 'voice' && leg.state === 'open')
    if ((state === 'bot' || state === 'wrapUp') && !calling) {
      change.next = { ...change.next, idleAt: new Date(this.options.now() + this.options.idleMs) }
    } else if (change.next.idleAt) {
      change.next = { ...change.next, idleAt: undefined }
    }
  }

  private async turn(
    change: Change,
    leg: Leg,
    input: FlowInput,
    opening: FlowInput = input,
  ): Promise<BotReply> {
    const { next } = change
    const { bot, leaveWords } = this.options
    // the account says how a flow begins; one that is under way need not ask, and its caller waits less
    const begun = bot.pins(next.bot).length > 0
    const [contact, account] = await Promise.all([
      this.options.contact(next.contactId),
      begun ? undefined : AccountModel.findById(leg.accountId).lean<Account>(),
    ])
    const reply = await bot.turn({
      conversationId: next._id,
      channel: leg.channel,
      contact: contact ?? { _id: next.contactId, vip: false },
      lang: next.lang,
      flowId: begun ? '' : this.flowOf(change, leg, account, opening),
      bot: next.bot,
      input,
      ...(leg.call && { call: callVars(leg) }),
      entry: { account: leg.accountId, ...(leg.scene && { scene: leg.scene }) },
    })
    // like a ticket: before the commit, under a key, so that a repeated turn finds what it left
    for (const effect of reply.effects) if (effect.fx === 'leave') await leaveWords(next, effect)
    return reply
  }

  /** What is counted of it when the change is committed; a turn that is run again begins with a new change. */
  private follow(change: Change, { channel }: Leg, input: FlowInput, { effects }: BotReply): void {
    const { bot, flowRun: run } = change.next
    const places = this.options.bot.places(bot)
    const nowMs = this.options.now()
    note(change, channel, followTurn({ run, places, input, effects, nowMs }))
  }

  /** A call we made for a flow has it; else the rules decide, and the account's own flow is the last resort. */
  private flowOf(
    { next }: Change,
    leg: Leg,
    account: Account | null | undefined,
    opening: FlowInput,
  ): string {
    if (leg.call?.flowId) return leg.call.flowId
    const called = leg.call && callVars(leg).called
    const text = wordsOf(opening)
    const chosen = this.options.flowFor({
      conversationId: next._id,
      channel: leg.channel,
      accountId: leg.accountId,
      lang: next.lang,
      atMs: this.options.now(),
      ...(called && { called }),
      ...(text && { text }),
      ...(leg.scene && { scene: leg.scene }),
    })
    return chosen ?? account?.flowId ?? 'main'
  }

  private apply(change: Change, leg: Leg, reply: BotReply): { closedQueue?: string } {
    const { settings, now } = this.options
    const waiting = change.next.state === 'queued' || change.next.state === 'offered'
    if (waiting && reply.status !== 'queued') applyEvent(change, { type: 'abandon' }, now())
    // what was expected of the contact's end was for the turn before
    change.next = { ...change.next, bot: reply.bot, expecting: undefined }
    return applyEffects(change, reply.effects, leg, now(), (queueId) => {
      const queue = settings.queue(queueId) ?? settings.fallbackQueue
      return { queue, open: Boolean(queue && settings.isOpen(queue, now())) }
    })
  }

  private callHuman(change: Change, leg: Leg): void {
    const queue = this.options.settings.fallbackQueue
    const zh = change.next.lang.startsWith('zh')
    change.drafts.push({
      direction: 'out',
      legId: leg.id,
      author: { kind: 'bot', id: 'apology' },
      parts: [
        {
          type: 'text',
          text: zh
            ? '抱歉,系统出了点问题,正在为您转接人工客服。'
            : 'Sorry, something went wrong on our side. We are connecting you to a person.',
        },
      ],
    })
    if (!queue) return
    const { bot, flowRun } = change.next
    const places = this.options.bot.places(bot)
    note(change, leg.channel, followFailure(flowRun, places, this.options.now()))
    applyEvent(
      change,
      {
        type: 'handoff',
        queueId: queue._id,
        priority: queue.defaultPriority,
        skills: queue.skills,
        reason: 'bot',
      },
      this.options.now(),
    )
  }
}

function note(change: Change, channel: Leg['channel'], { run, happened }: Followed): void {
  if (run !== change.next.flowRun) change.next = { ...change.next, flowRun: run }
  change.happened = [...(change.happened ?? []), ...happened.map((each) => ({ ...each, channel }))]
}

function wordsOf(input: FlowInput): string | undefined {
  if (input.in === 'text') return input.text
  return input.in === 'choice' ? input.text : undefined
}

function callVars({ call, accountId }: Leg): {
  caller?: string
  called?: string
  account?: string
} {
  const own = call?.direction === 'out' ? call.number : call?.ourNumber
  const theirs = call?.direction === 'out' ? call.ourNumber : call?.number
  return { account: accountId, ...(own && { called: own }), ...(theirs && { caller: theirs }) }
}

/** What became of a hand-off, in the words of the flow engine. */
export type HandoffStatus =
  'accepted' | 'completed' | 'returned' | 'cancelled' | 'closed' | 'timeout' | 'failed'

export function handoffStatus(status: HandoffStatus): FlowInput {
  return { in: 'event', name: 'handoff.status', data: { status } }
}
