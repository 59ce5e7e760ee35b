/** Puts everything together. The order is the order of the floors: store, rooms, routing, desk, doors. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { Logger } from 'pino'
import { BotHost } from '../bots/host/bot-host.ts'
import { sampleSources, sampleSynonyms } from '../bots/samples/hotline/index.ts'
import { enabledAccount, checkOrigin, receiveFile, webchatHttp } from '../channels/webchat/http.ts'
import { MAX_FRAME_BYTES } from '../channels/webchat/protocol.ts'
import { VisitorTokens } from '../channels/webchat/visitor-token.ts'
import { Webchat } from '../channels/webchat/webchat.ts'
import { createBotServices } from './bot-services.ts'
import { createBus } from './bus/bus.ts'
import type { Config } from './config.ts'
import { Contacts } from './contacts/contacts.ts'
import { Identities } from './contacts/identities.ts'
import { contactRoutes } from './contacts/routes.ts'
import { Actions } from './desk/actions.ts'
import { Agents } from './desk/agents.ts'
import { Figures } from './desk/figures.ts'
import { Hub } from './desk/hub.ts'
import { meView } from './desk/me.ts'
import { MAX_DESK_FRAME_BYTES } from './desk/protocol.ts'
import { deskRoutes } from './desk/routes.ts'
import { serveConsole } from './desk/socket.ts'
import type { StaffMember } from './domain/staff.ts'
import { fail } from './errors.ts'
import { Files } from './files/files.ts'
import { Flows } from './flows/flows.ts'
import { flowRoutes } from './flows/routes.ts'
import { createApp } from './http/app.ts'
import { Health } from './http/health.ts'
import {
  clearSessionCookie,
  readSessionToken,
  requireSameOrigin,
  setSessionCookie,
} from './http/session.ts'
import { mountSockets } from './http/sockets.ts'
import { Channels } from './intake/channels.ts'
import { Conversations } from './intake/conversations.ts'
import { Deadlines } from './intake/deadlines.ts'
import { Flusher } from './intake/flush.ts'
import { Inbound } from './intake/inbound.ts'
import { Outbox } from './intake/outbox.ts'
import { Receipts } from './intake/receipts.ts'
import { accountRoutes } from './intake/routes.ts'
import { Turns, handoffStatus } from './intake/turns.ts'
import { ConversationModel } from './intake/model.ts'
import { Knowledge } from './knowledge/knowledge.ts'
import { knowledgeRoutes } from './knowledge/routes.ts'
import { LiveRouting } from './routing/persistence.ts'
import { routingRoutes } from './routing/routes.ts'
import { systemClock } from './routing/router.ts'
import { RoutingSettings } from './routing/settings.ts'
import type { Credential } from './seed.ts'
import { seed, signingSecret } from './seed.ts'
import { readSources, Sources } from './sources/sources.ts'
import { staffRoutes } from './staff/routes.ts'
import { Staff } from './staff/staff.ts'
import type { Store } from './store/connection.ts'
import { newId } from './store/id.ts'
import { ticketRoutes } from './tickets/routes.ts'
import { TicketKindModel } from './tickets/model.ts'
import { QueueModel, ScheduleModel } from './routing/model.ts'
import { Tickets } from './tickets/tickets.ts'

/** Work under way at a stop gets this long to finish. */
const DRAIN_MS = 10_000

export interface Product {
  /** where it listens, e.g. http://127.0.0.1:8080 */
  url: string
  store: 'mongodb' | 'embedded'
  enginePid?: number
  /** made at this start; shown this once */
  credentials: Credential[]
  stop(): Promise<void>
}

export async function startProduct(
  config: Config,
  store: Store,
  log: Logger,
  version: string,
): Promise<Product> {
  const now = () => Date.now()
  const nodeId = newId()
  const onError = (error: unknown, about: object = {}) =>
    log.error({ err: error, ...about }, 'failed')
  await store.createIndexes()
  const bus = createBus((topic, error) => onError(error, { topic }))

  // rooms
  const staff = new Staff({ bus, now })
  const contacts = new Contacts({ bus, now })
  const identities = new Identities(now)
  bus.subscribe('contact', () => identities.forget())
  const tickets = new Tickets({ bus, now, timezone: config.timezone })
  const settings = new RoutingSettings()
  const configured = config.sourcesFile ? await readSources(config.sourcesFile) : []
  const sources = new Sources([...sampleSources, ...configured], now)
  const knowledge = new Knowledge({ index: { synonyms: sampleSynonyms }, now })
  const flows = new Flows({
    bus,
    now,
    environment: async () => ({
      queues: await ids(QueueModel),
      schedules: await ids(ScheduleModel),
      ticketKinds: await ids(TicketKindModel),
      sources: sources.ids,
    }),
  })
  const credentials = await seed({ staff, flows, demo: config.demo, now })
  const secret = await signingSecret()
  const files = new Files({ dataDir: config.dataDir, secret, now })
  await Promise.all([
    settings.start(bus, onError),
    knowledge.start(bus, onError),
    flows.start(onError),
  ])

  // the way of a message
  const bot = new BotHost({
    services: createBotServices({
      flows,
      knowledge,
      settings,
      sources,
      tickets,
      classifiers: {},
      now,
      timezone: config.timezone,
    }),
  })
  const turns = new Turns({
    bot,
    settings,
    now,
    contact: (id) => contacts.get(id),
    idleMs: config.idleMs,
    onError,
  })
  const outbox = new Outbox({
    bus,
    now,
    nodeId,
    onError,
    adapter: (channel) => channels.adapter(channel),
  })
  const flusher = new Flusher({
    onError,
    onOutbox: (rows, messages) => outbox.dispatch(rows, messages),
  })
  const conversations = new Conversations({
    bus,
    now,
    flush: (conversation, messages) => flusher.add(conversation, messages),
  })
  const inbound = new Inbound({
    conversations,
    identities,
    turns,
    now,
    onDone: (inboxId) => flusher.inboxDone(inboxId),
    onError,
  })
  const receipts = new Receipts({ conversations, bus, now })

  // routing and desk
  const routing = new LiveRouting({
    bus,
    conversations,
    settings,
    clock: systemClock,
    onLoad: (agentId, load) => agents.loadChanged(agentId, load),
    onWaitedTooLong: (conversationId) => waitedTooLong(conversationId),
    log: (event, data) => log.debug(data, `router: ${event}`),
  })
  const actions = new Actions({ conversations, turns, settings, files, now })
  const figures = new Figures({ now, timezone: config.timezone })
  const hub: Hub = new Hub({
    bus,
    contacts,
    files,
    settings,
    routing,
    figures,
    agents: () => agents,
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
      if (current.state !== 'queued') return undefined
      const leg = current.legs.at(-1)!
      const change = { next: current, drafts: [] }
      await turns.run(change, leg, handoffStatus('timeout'))
      return change
    })
  }

  // channels
  const tokens = new VisitorTokens(secret)
  const webchat: Webchat = new Webchat({
    tokens,
    files,
    now,
    onError,
    context: {
      receive: (envelope) => (draining ? fail('SHUTTING_DOWN') : inbound.receive(envelope)),
      receipt: (receipt) => receipts.take(receipt),
      async typing(accountId, threadKey, on) {
        const conversation = await conversations.openByThread(`${accountId}|${threadKey}`)
        if (conversation)
          bus.publish('typing', { conversationId: conversation._id, from: 'contact', on })
      },
      async presence(accountId, threadKey, online) {
        const conversation = await conversations.openByThread(`${accountId}|${threadKey}`)
        if (conversation) bus.publish('presence', { conversationId: conversation._id, online })
      },
      thread: (accountId, threadKey, after) => channels.thread(accountId, threadKey, after),
    },
  })
  channels.add(webchat)

  // take up where the last process stopped, before anything new comes in
  await Promise.all([figures.start(bus), routing.start(), hub.start(), deadlines.start()])
  await agents.start()
  bus.subscribe(
    'staff',
    ({ staffId, signOut }) => void staffChanged(staffId, signOut).catch(onError),
  )
  const recovered = {
    committed: await flusher.recover(),
    outbox: await outbox.recover(),
    inbox: await inbound.recover(),
  }
  log.info(recovered, 'recovered')

  async function staffChanged(staffId: string, signOut: boolean): Promise<void> {
    await agents.memberChanged(staffId)
    hub.staffChanged(staffId, agents.get(staffId), signOut)
  }

  // doors
  let draining = false
  const memberOf = async (
    request: Parameters<typeof readSessionToken>[0],
  ): Promise<StaffMember | undefined> => {
    const token = readSessionToken(request)
    return token ? staff.bySession(token) : undefined
  }
  const health = new Health({
    bus,
    ping: () => store.ping(),
    gauges: () => ({
      waiting: Object.fromEntries(hub.queueCards().map((queue) => [queue.id, queue.waiting])),
      agents: countBy(agents.cards().map((card) => card.state)),
      consoles: hub.size,
      visitors: webchat.size,
    }),
  })
  const app = createApp({
    log,
    version,
    files,
    health,
    trustProxy: config.trustProxy,
    publicUrl: config.publicUrl,
    consoleDir: builtFolder('admin'),
    memberOf,
    receiveFile: (request, by) => receiveFile(request, files, by),
    channelDoors: [
      webchatHttp({
        tokens,
        files,
        assets: builtFolder('webchat'),
        visitorsPerMinute: config.visitorsPerMinute,
        now,
      }),
    ],
    routes: [
      ...staffRoutes(
        staff,
        { read: readSessionToken, set: setSessionCookie, clear: clearSessionCookie },
        meView,
      ),
      ...deskRoutes({ contacts, files, routing, hub, figures }),
      ...contactRoutes(contacts),
      ...ticketRoutes(tickets, contacts),
      ...knowledgeRoutes(knowledge, bus, now),
      ...flowRoutes(flows, conversationsInside),
      ...routingRoutes(bus),
      ...accountRoutes(),
    ],
  })
  const server = createServer(app)
  // a client that dribbles its request holds nothing for long
  server.headersTimeout = 15_000
  server.requestTimeout = 60_000
  mountSockets(
    server,
    [
      {
        path: '/webchat/ws',
        maxFrameBytes: MAX_FRAME_BYTES,
        async admit(request) {
          if (draining) fail('SHUTTING_DOWN')
          const accountId =
            new URL(request.url!, 'http://localhost').searchParams.get('account') ?? 'web'
          checkOrigin(request, await enabledAccount(accountId))
          return (socket) => webchat.accept(socket)
        },
      },
      {
        path: '/desk/ws',
        maxFrameBytes: MAX_DESK_FRAME_BYTES,
        async admit(request) {
          if (draining) fail('SHUTTING_DOWN')
          requireSameOrigin(request, config.publicUrl)
          const member = (await memberOf(request)) ?? fail('UNAUTHENTICATED')
          if (member.mustChangePassword) fail('PASSWORD_CHANGE_REQUIRED')
          const door = {
            hub,
            actions,
            agents,
            channels,
            conversations,
            contacts,
            files,
            bus,
            onError,
          }
          return (socket) => void serveConsole(socket, member, door).catch(onError)
        },
      },
    ],
    onError,
  )
  server.listen(config.port, config.host)
  await once(server, 'listening')
  health.setReady(true)
  const { port } = server.address() as AddressInfo

  async function conversationsInside(flowId: string): Promise<Map<number, number>> {
    const open = await ConversationModel.find({ state: { $ne: 'closed' } }, { bot: 1 }).lean<
      { bot?: unknown }[]
    >()
    const counts = new Map<number, number>()
    for (const { bot: state } of open) {
      for (const pin of bot.pins(state)) {
        if (pin.flow === flowId) counts.set(pin.version, (counts.get(pin.version) ?? 0) + 1)
      }
    }
    return counts
  }

  return {
    url: `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`,
    store: store.kind,
    enginePid: store.enginePid,
    credentials,
    async stop() {
      draining = true
      health.setReady(false)
      server.close()
      deadlines.stop()
      agents.stop()
      hub.stop()
      const drained = (async () => {
        await inbound.idle()
        await conversations.idle()
        await flusher.settled()
        await outbox.stop()
      })()
      await Promise.race([drained, new Promise((resolve) => setTimeout(resolve, DRAIN_MS))])
      routing.router.stop()
      await channels.stop()
      server.closeAllConnections()
      await store.close()
    },
  }
}

/** Next to the bundle in production, in dist/ when run from source. */
function builtFolder(name: string): string {
  const here = import.meta.url
  return fileURLToPath(new URL(here.endsWith('.ts') ? `../dist/${name}` : name, here))
}

async function ids(
  model: typeof QueueModel | typeof ScheduleModel | typeof TicketKindModel,
): Promise<string[]> {
  const found = await (model as typeof QueueModel).find({}, { _id: 1 }).lean<{ _id: string }[]>()
  return found.map(({ _id }) => _id)
}

function countBy(keys: string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1
  return counts
}
