/** Who gets a conversation, and the people who have it: router, agents, consoles, and the clocks around them. */
import type { Logger } from 'pino'
import type { ChannelAdapter } from '../channels/channel.ts'
import { CallLinks } from '../channels/webchat/call-links.ts'
import { CallTokens } from '../channels/webchat/call-token.ts'
import type { Bus } from './bus/bus.ts'
import type { Config } from './config.ts'
import { Actions } from './desk/actions.ts'
import { Agents } from './desk/agents.ts'
import { Figures } from './desk/figures.ts'
import { Hub } from './desk/hub.ts'
import { OtherWays } from './desk/other-ways.ts'
import { Reaching } from './desk/reach.ts'
import type { Channel } from './domain/conversation.ts'
import { legKey } from './domain/conversation.ts'
import { Channels } from './intake/channels.ts'
import { Deadlines } from './intake/deadlines.ts'
import { handoffStatus } from './intake/turns.ts'
import type { MessageWay } from './message-way.ts'
import type { Rooms } from './rooms.ts'
import { LiveRouting } from './routing/persistence.ts'
import { systemClock } from './routing/router.ts'

export interface RoutingAndDeskOptions
  extends
    Pick<Rooms, 'contacts' | 'identities' | 'files' | 'settings' | 'templates' | 'secret'>,
    Pick<MessageWay, 'conversations' | 'turns' | 'windows'> {
  config: Config
  bus: Bus
  log: Logger
  now: () => number
  onError: (error: unknown, about?: object) => void
  adapter: (channel: Channel) => ChannelAdapter | undefined
}

export interface RoutingAndDesk {
  routing: LiveRouting
  reach: Reaching
  callLinks: CallLinks
  actions: Actions
  otherWays: OtherWays
  figures: Figures
  hub: Hub
  agents: Agents
  channels: Channels
  deadlines: Deadlines
}

export function openRoutingAndDesk(options: RoutingAndDeskOptions): RoutingAndDesk {
  const { config, bus, log, now, onError, adapter } = options
  const { contacts, files, settings, templates, secret, conversations, turns, windows } = options
  const routing = new LiveRouting({
    bus,
    conversations,
    settings,
    clock: systemClock,
    onLoad: (agentId, load) => agents.loadChanged(agentId, load),
    onWaitedTooLong: (conversationId) => waitedTooLong(conversationId),
    log: (event, data) => log.debug(data, `router: ${event}`),
  })
  const reach = new Reaching({
    ...{ windows, templates, adapter },
    hasAddress: config.publicUrl !== undefined,
  })
  const callLinks = new CallLinks({
    ...{ conversations, now, publicUrl: config.publicUrl },
    tokens: new CallTokens(secret),
    isPublic: (leg) => adapter(leg.channel)?.isPublic?.(leg) ?? false,
  })
  const actions = new Actions({
    ...{ conversations, turns, settings, files, templates, now },
    mayWrite: (leg, content) => reach.check(leg, content),
    invitation: (conversation, leg, agentName) =>
      callLinks.invitation(conversation, leg, agentName),
  })
  const otherWays = new OtherWays({
    ...{ conversations, contacts, identities: options.identities, turns, adapter, now },
  })
  const figures = new Figures({ now, timezone: config.timezone })
  const hub: Hub = new Hub({
    bus,
    contacts,
    files,
    settings,
    routing,
    figures,
    agents: () => agents,
    async reachOn(thread) {
      const conversation = await conversations.openByThread(legKey(thread))
      const reached = conversation && (await reach.of(conversation))
      return (
        conversation && { conversationId: conversation._id, ...(reached && { reach: reached }) }
      )
    },
    now,
    onError,
  })
  const agents: Agents = new Agents({
    now,
    goneMs: config.agentGoneMs,
    routing,
    onChange: (card) => hub.agentChanged(card),
    onRemove: (agentId) => hub.agentRemoved(agentId),
    onGone: (agentId) => {
      for (const { _id, agentId: owner } of hub.liveConversations())
        if (owner === agentId) void actions.agentGone(_id, agentId).catch(onError)
    },
    onError,
  })
  const channels = new Channels({
    bus,
    conversations,
    agentName: (agentId) => agents.get(agentId)?.displayName,
    position: (conversationId) => routing.router.position(conversationId),
    onError,
  })
  const deadlines = new Deadlines({
    bus,
    conversations,
    now,
    endWrapUp: (conversationId, agentId) => actions.wrapUpDone(conversationId, agentId),
    onError,
  })

  async function waitedTooLong(conversationId: string): Promise<void> {
    await conversations.change(conversationId, async (current) => {
      // who is called back has time
      if (current.state !== 'queued' || current.callback) return undefined
      const leg = current.legs.at(-1)!
      const change = { next: current, drafts: [] }
      await turns.run(change, leg, handoffStatus('timeout'))
      return change
    })
  }

  return {
    ...{ routing, reach, callLinks, actions, otherWays, figures, hub, agents, channels },
    deadlines,
  }
}
