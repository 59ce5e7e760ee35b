/** The way of a message: inbox, lane, the bot's turn, effects, outbox (docs/architecture.md). */
import { BotHost } from '../bots/host/bot-host.ts'
import type { BotServices } from '../bots/host/services.ts'
import type { ChannelAdapter } from '../channels/channel.ts'
import { createBotServices } from './bot-services.ts'
import type { Bus } from './bus/bus.ts'
import { codeSender } from './code-sender.ts'
import type { Config } from './config.ts'
import { OneTimeCodes } from './contacts/one-time-codes.ts'
import type { Channel } from './domain/conversation.ts'
import { isTrial } from './domain/trial.ts'
import { Conversations } from './intake/conversations.ts'
import { DeliveryReports } from './intake/delivery-reports.ts'
import { Flusher } from './intake/flush.ts'
import { Inbound } from './intake/inbound.ts'
import { Outbox } from './intake/outbox.ts'
import { Pacer } from './intake/pacer.ts'
import { Receipts } from './intake/receipts.ts'
import { Turns } from './intake/turns.ts'
import { Windows } from './intake/windows.ts'
import { followClosing } from './measures/following.ts'
import type { Rooms } from './rooms.ts'
import { quietInTrials, withTrials } from './trials/trial-bot.ts'
import { TrialFlows } from './trials/trial-flows.ts'

export interface MessageWayOptions extends Rooms {
  config: Config
  bus: Bus
  nodeId: string
  now: () => number
  onError: (error: unknown, about?: object) => void
  /** channels come after this way, so they are asked for when a message goes out */
  adapter: (channel: Channel) => ChannelAdapter | undefined
}

export interface MessageWay {
  codes: OneTimeCodes
  services: BotServices
  /** drafts that are being called */
  trialFlows: TrialFlows
  bot: BotHost
  turns: Turns
  windows: Windows
  reports: DeliveryReports
  outbox: Outbox
  flusher: Flusher
  conversations: Conversations
  inbound: Inbound
  receipts: Receipts
}

export function openMessageWay(options: MessageWayOptions): MessageWay {
  const { config, bus, nodeId, now, onError, adapter } = options
  const { contacts, identities, settings, flows, knowledge, sources, tickets } = options
  const { flowRouting, intents, answers } = options
  const { templates, voicemail, secret, measures, extensions } = options
  const codes = new OneTimeCodes({
    ...{ contacts, identities, secret, now },
    send: codeSender({ templates, adapter: () => adapter('sms'), now }),
  })
  const trialFlows = new TrialFlows(now)
  const services = withTrials(
    createBotServices({
      flows,
      knowledge,
      settings,
      sources,
      tickets,
      contacts,
      codes,
      extensions,
      intents,
      answers,
      now,
      timezone: config.timezone,
    }),
    {
      flows: trialFlows,
      search: async ({ text, lang, top }) => knowledge.search(text, lang, top),
      classify: ({ classifier, text, lang, top }) => intents.sort(classifier, text, lang, top),
    },
  )
  const bot = new BotHost({ services, dialogs: extensions.dialogs })
  const turns = new Turns({
    bot: quietInTrials(bot),
    settings,
    now,
    contact: (id) => contacts.get(id),
    flowFor: (facts) => flowRouting.route(facts).flowId,
    leaveWords: ({ _id, contactId }, words) =>
      voicemail.leaveWords({ ...words, conversationId: _id, contactId }),
    idleMs: config.idleMs,
    onError,
  })
  const pacer = new Pacer()
  const windows = new Windows({ bus, now })
  const reports = new DeliveryReports({ bus, now })
  const outbox = new Outbox({ bus, now, nodeId, onError, windows, reports, pacer, adapter })
  const flusher = new Flusher({
    onError,
    onOutbox: (rows, messages) => outbox.dispatch(rows, messages),
  })
  const conversations = new Conversations({
    bus,
    now,
    flush: (conversation, messages) => flusher.add(conversation, messages),
    committed(before, after, happened) {
      if (isTrial(after)) return
      measures.count(after, [
        ...happened,
        ...followClosing(before, after, (state) => bot.places(state)),
      ])
    },
  })
  bus.subscribe('contact', ({ movedConversationIds: moved }) => {
    if (moved) void conversations.moved(moved).catch(onError)
  })
  const inbound = new Inbound({
    conversations,
    identities,
    turns,
    windows,
    pacer,
    adapter,
    now,
    wrapUpMs: (queueId) => settings.wrapUpMs(queueId),
    onDone: (inboxId) => flusher.inboxDone(inboxId),
    onError,
  })
  const receipts = new Receipts({ conversations, bus, now })
  return {
    ...{ codes, services, trialFlows, bot, turns, windows, reports },
    ...{ outbox, flusher, conversations, inbound, receipts },
  }
}
