/** One node of the intake on the shared store, with a bot and a channel that do as they are told. */
import type {
  ChannelAdapter,
  Envelope,
  OutgoingMessage,
  SendResult,
} from '../../channels/channel.ts'
import type { Bus } from '../../gateway/bus/bus.ts'
import { createBus } from '../../gateway/bus/bus.ts'
import { Contacts } from '../../gateway/contacts/contacts.ts'
import { Identities } from '../../gateway/contacts/identities.ts'
import type { Bot, BotReply, BotTurn } from '../../gateway/intake/bot-port.ts'
import type { ConversationsOptions } from '../../gateway/intake/conversations.ts'
import { Conversations } from '../../gateway/intake/conversations.ts'
import { DeliveryReports } from '../../gateway/intake/delivery-reports.ts'
import { Windows } from '../../gateway/intake/windows.ts'
import { Flusher } from '../../gateway/intake/flush.ts'
import { Inbound } from '../../gateway/intake/inbound.ts'
import {
  ConversationModel,
  InboxModel,
  MessageModel,
  OutboxModel,
} from '../../gateway/intake/model.ts'
import { Outbox } from '../../gateway/intake/outbox.ts'
import { Pacer } from '../../gateway/intake/pacer.ts'
import type { TurnsOptions } from '../../gateway/intake/turns.ts'
import { Turns } from '../../gateway/intake/turns.ts'
import { RoutingSettings } from '../../gateway/routing/settings.ts'
import { newId } from '../../gateway/store/id.ts'

export class FakeAdapter implements ChannelAdapter {
  readonly channel = 'webchat'
  readonly capabilities
  readonly sent: OutgoingMessage[] = []
  /** what becomes of each send, in turn; afterwards all goes well */
  answers: (SendResult | Promise<SendResult> | Error)[] = []

  constructor(idempotentSend: boolean) {
    this.capabilities = {
      idempotentSend,
      typing: false,
      quickReplies: false,
      cards: false,
      media: false,
      maxTextChars: 4000,
    }
  }

  get texts(): string[] {
    return this.sent.map(({ message }) => JSON.stringify(message.parts[0]))
  }

  async send(outgoing: OutgoingMessage): Promise<SendResult> {
    this.sent.push(outgoing)
    const answer = this.answers.shift() ?? { ok: true, state: 'sent' }
    if (answer instanceof Error) throw answer
    return answer
  }

  async stop(): Promise<void> {}
}

export class Rig {
  readonly errors: unknown[] = []
  readonly bus: Bus = createBus((_topic, error) => this.errors.push(error))
  readonly adapter: FakeAdapter
  // in a future year: handled inbox rows expire in the store by the real clock
  nowMs = Date.UTC(2100, 10, 21, 2)
  /** repeats what it hears, unless told otherwise */
  reply: (turn: BotTurn) => Promise<BotReply> | BotReply = (turn) => ({
    bot: { turns: ((turn.bot as { turns: number } | undefined)?.turns ?? 0) + 1 },
    effects:
      turn.input.in === 'text'
        ? [{ fx: 'say', block: 'echo', text: `echo ${turn.input.text}`, lang: 'en' }]
        : [],
    status: 'wait',
  })
  places: Bot['places'] = (state) => (state ? [{ flow: 'main', version: 1, block: 'echo' }] : [])
  /** what the rules of the house say; none: the account's own flow */
  flowFor: TurnsOptions['flowFor'] = () => undefined
  /** told of every change, as the figures of flows are */
  committed: ConversationsOptions['committed']
  readonly outbox: Outbox
  readonly flusher: Flusher
  readonly conversations: Conversations
  readonly inbound: Inbound
  readonly turns: Turns
  readonly identities: Identities
  readonly settings = new RoutingSettings()
  readonly reports = new DeliveryReports({ bus: this.bus, now: () => this.nowMs })
  readonly windows = new Windows({ bus: this.bus, now: () => this.nowMs })

  constructor(options: { idempotentSend?: boolean; flushing?: boolean } = {}) {
    const now = () => this.nowMs
    const onError = (error: unknown) => void this.errors.push(error)
    this.adapter = new FakeAdapter(options.idempotentSend ?? true)
    const bot: Bot = {
      turn: async (turn) => this.reply(turn),
      pins: (state) => (state ? [{ flow: 'main', version: 1 }] : []),
      places: (state) => this.places(state),
      unfinished: (state) => (state as { calling?: true } | undefined)?.calling === true,
    }
    const pacer = new Pacer()
    this.outbox = new Outbox({
      pacer,
      bus: this.bus,
      now,
      nodeId: newId(),
      windows: this.windows,
      reports: this.reports,
      adapter: () => this.adapter,
      onError,
    })
    this.flusher = new Flusher({
      onOutbox: (rows, messages) => this.outbox.dispatch(rows, messages),
      onError,
    })
    this.conversations = new Conversations({
      bus: this.bus,
      now,
      // without flushing the process is as if it had died right after each commit
      flush: (conversation, messages) => {
        if (options.flushing ?? true) this.flusher.add(conversation, messages)
      },
      committed: (...change) => this.committed?.(...change),
    })
    this.turns = new Turns({
      bot,
      settings: this.settings,
      now,
      contact: async () => undefined,
      flowFor: (facts) => this.flowFor(facts),
      leaveWords: async () => undefined,
      idleMs: 1_800_000,
      onError,
    })
    this.identities = new Identities(now, new Contacts({ bus: this.bus, now }))
    this.inbound = new Inbound({
      pacer,
      adapter: () => this.adapter,
      wrapUpMs: () => 60_000,
      conversations: this.conversations,
      identities: this.identities,
      turns: this.turns,
      windows: this.windows,
      now,
      onDone: (inboxId) => {
        if (options.flushing ?? true) this.flusher.inboxDone(inboxId)
      },
      onError,
    })
  }

  async settled(): Promise<void> {
    await this.inbound.idle()
    await this.conversations.idle()
    await this.flusher.settled()
    await this.outbox.stop()
  }

  /** Like settled(), and goes on afterwards. */
  async quiet(): Promise<void> {
    await this.inbound.idle()
    await this.conversations.idle()
    await this.flusher.settled()
  }
}

export function word(text: string, threadKey = 'visitor-1', dedupeKey: string = newId()): Envelope {
  return {
    accountId: 'web',
    channel: 'webchat',
    threadKey,
    dedupeKey,
    identity: { kind: 'webVisitor', scope: 'web', value: threadKey, assurance: 'observed' },
    parts: [{ type: 'text', text }],
    lang: 'en',
    kind: 'message',
  }
}

export async function emptyIntake(): Promise<void> {
  const models = [ConversationModel, InboxModel, MessageModel, OutboxModel] as const
  await Promise.all(models.map((model) => model.collection.deleteMany({})))
}

/** Waits until something holds that nothing announces. */
export async function eventually(holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`waited in vain: ${holds}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
