/** The doors of the house: HTTP and the two WebSockets, opened when everything behind them is ready. */
import { once } from 'node:events'
import type { IncomingMessage, Server } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { Logger } from 'pino'
import type { BotHost } from '../bots/host/bot-host.ts'
import { callDoor } from '../channels/webchat/call-door.ts'
import type { CallLinks } from '../channels/webchat/call-links.ts'
import type { CallPages } from '../channels/webchat/call-pages.ts'
import { checkOrigin, enabledAccount, receiveFile, webchatHttp } from '../channels/webchat/http.ts'
import { MAX_FRAME_BYTES } from '../channels/webchat/protocol.ts'
import type { VisitorTokens } from '../channels/webchat/visitor-token.ts'
import type { Webchat } from '../channels/webchat/webchat.ts'
import { accountRoutes } from './accounts/routes.ts'
import { templateRoutes } from './accounts/template-routes.ts'
import type { Templates } from './accounts/templates.ts'
import type { Answers } from './answers/answers.ts'
import { answerRoutes } from './answers/routes.ts'
import type { CallFigures } from './call-figures.ts'
import type { OneTimeCodes } from './contacts/one-time-codes.ts'
import type { Config } from './config.ts'
import { contactRoutes } from './contacts/routes.ts'
import type { Deliveries } from './delivery/deliveries.ts'
import { deliveryRoutes } from './delivery/routes.ts'
import type { Figures } from './desk/figures.ts'
import { meView } from './desk/me.ts'
import { MAX_DESK_FRAME_BYTES } from './desk/protocol.ts'
import { deskRoutes } from './desk/routes.ts'
import type { DeskDoor } from './desk/socket.ts'
import { serveConsole } from './desk/socket.ts'
import type { StaffMember } from './domain/staff.ts'
import { fail } from './errors.ts'
import { extensionRoutes } from './extensions/routes.ts'
import type { PromisedFiles } from './files/promised.ts'
import { fileRoutes } from './files/routes.ts'
import type { FlowRouting } from './flow-routes/flow-routing.ts'
import { FlowRoutesModel } from './flow-routes/model.ts'
import type { StoredFlowRoutes } from './flow-routes/model.ts'
import { flowRouteRoutes } from './flow-routes/routes.ts'
import { isScheduleNamed } from './flow-routes/schedule-uses.ts'
import type { Flows } from './flows/flows.ts'
import { openFlowRoom } from './flows/room.ts'
import type { FlowRoom } from './flows/room.ts'
import { flowRoutes } from './flows/routes.ts'
import type { TransferOptions } from './flows/transfer.ts'
import { createApp } from './http/app.ts'
import { Health } from './http/health.ts'
import {
  clearSessionCookie,
  readSessionToken,
  requireSameOrigin,
  setSessionCookie,
} from './http/session.ts'
import { mountSockets } from './http/sockets.ts'
import type { CallbackRequests } from './intake/callback-requests.ts'
import { AccountModel, ConversationModel } from './intake/model.ts'
import type { Account } from './intake/model.ts'
import type { Intents } from './intents/intents.ts'
import { intentRoutes } from './intents/routes.ts'
import type { Knowledge } from './knowledge/knowledge.ts'
import { knowledgeRoutes } from './knowledge/routes.ts'
import type { Measures } from './measures/measures.ts'
import { measureRoutes } from './measures/routes.ts'
import type { Prompts } from './prompts/prompts.ts'
import { promptRoutes } from './prompts/routes.ts'
import type { Providers } from './providers.ts'
import type { LiveRouting } from './routing/persistence.ts'
import type { Recordings } from './recordings/recordings.ts'
import { recordingRoutes } from './recordings/routes.ts'
import { routingRoutes } from './routing/routes.ts'
import type { SourceCatalog } from './sources/catalog.ts'
import { sourceRoutes } from './sources/routes.ts'
import { staffRoutes } from './staff/routes.ts'
import type { Staff } from './staff/staff.ts'
import type { Store } from './store/connection.ts'
import { telephonyRoutes } from './telephony/routes.ts'
import type { TelephonyRoutesOptions } from './telephony/routes.ts'
import { ticketRoutes } from './tickets/routes.ts'
import type { Tickets } from './tickets/tickets.ts'
import { trialRoutes } from './trials/routes.ts'
import type { TrialRoutesOptions } from './trials/routes.ts'
import { voicemailRoutes } from './voicemail/routes.ts'
import type { Voicemails } from './voicemail/voicemails.ts'

/** What stands behind the doors. */
export interface House extends DeskDoor {
  config: Config
  store: Store
  log: Logger
  version: string
  now: () => number
  staff: Staff
  tickets: Tickets
  codes: OneTimeCodes
  knowledge: Knowledge
  intents: Intents
  answers: Answers
  sourceCatalog: SourceCatalog
  flows: Flows
  flowRouting: FlowRouting
  flowEnvironment: TransferOptions['environment']
  bot: BotHost
  routing: LiveRouting
  figures: Figures
  webchat: Webchat
  providers: Providers
  templates: Templates
  deliveries: Deliveries
  promised: PromisedFiles
  prompts: Prompts
  tokens: VisitorTokens
  callLinks: CallLinks
  callPages: CallPages
  callbacks: CallbackRequests
  telephony: TelephonyRoutesOptions
  recordings: Recordings
  measures: Measures
  voicemail: Voicemails
  trials: TrialRoutesOptions
  callFigures: () => CallFigures
  /** nobody new comes in */
  isDraining: () => boolean
}

export interface Doors {
  url: string
  /** not ready any more; open requests may finish */
  close(): void
  /** whoever is still there is cut off */
  shut(): void
}

export async function openDoors(house: House): Promise<Doors> {
  const { config, staff, bus, hub, agents, webchat, onError } = house
  const memberOf = async (request: IncomingMessage): Promise<StaffMember | undefined> => {
    const token = readSessionToken(request)
    return token ? staff.bySession(token) : undefined
  }
  const health = new Health({
    bus,
    ping: () => house.store.ping(),
    gauges: () => ({
      waiting: Object.fromEntries(hub.queueCards().map((queue) => [queue.id, queue.waiting])),
      agents: countBy(agents.cards().map((card) => card.state)),
      consoles: hub.size,
      visitors: webchat.size,
    }),
    calls: house.callFigures,
  })
  const server = createServer(app(house, health, memberOf))
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
          if (house.isDraining()) fail('SHUTTING_DOWN')
          const { searchParams } = new URL(request.url!, 'http://localhost')
          checkOrigin(request, await enabledAccount(searchParams.get('account') ?? 'web'))
          return (socket) => webchat.accept(socket)
        },
      },
      {
        path: '/webchat/call/ws',
        maxFrameBytes: MAX_FRAME_BYTES,
        async admit(request) {
          if (house.isDraining()) fail('SHUTTING_DOWN')
          requireSameOrigin(request, config.publicUrl)
          return (socket) => house.callPages.accept(socket)
        },
      },
      {
        path: '/desk/ws',
        maxFrameBytes: MAX_DESK_FRAME_BYTES,
        async admit(request) {
          if (house.isDraining()) fail('SHUTTING_DOWN')
          requireSameOrigin(request, config.publicUrl)
          const member = (await memberOf(request)) ?? fail('UNAUTHENTICATED')
          if (member.mustChangePassword) fail('PASSWORD_CHANGE_REQUIRED')
          const signedIn = async () => (await memberOf(request)) !== undefined
          return (socket) => void serveConsole(socket, member, signedIn, house).catch(onError)
        },
      },
      ...house.providers.sockets.map((door) => ({
        ...door,
        async admit(request: IncomingMessage) {
          if (house.isDraining()) fail('SHUTTING_DOWN')
          return door.admit(request)
        },
      })),
    ],
    onError,
  )
  server.listen(config.port, config.host)
  await once(server, 'listening')
  health.setReady(true)
  return {
    url: urlOf(server, config.host),
    close() {
      health.setReady(false)
      server.close()
    },
    shut: () => server.closeAllConnections(),
  }
}

function app(
  house: House,
  health: Health,
  memberOf: (request: IncomingMessage) => Promise<StaffMember | undefined>,
) {
  const { config, files, now, bus, contacts, hub, routing, figures, tickets, providers } = house
  const room = flowRoom(house)
  void room.library.purge().catch(house.onError)
  return createApp({
    log: house.log,
    version: house.version,
    files,
    fileArrived: (id) => house.promised.arrived(id),
    health,
    trustProxy: config.trustProxy,
    publicUrl: config.publicUrl,
    consoleDir: builtFolder('admin'),
    memberOf,
    webhooks: providers.doors,
    channelDoors: [
      callDoor({
        links: house.callLinks,
        agentName: (agentId) => house.agents.get(agentId)?.displayName,
        askCallback: (...asked) => house.callbacks.ask(...asked),
        assets: builtFolder('webchat'),
      }),
      webchatHttp({
        tokens: house.tokens,
        files,
        assets: builtFolder('webchat'),
        visitorsPerMinute: config.visitorsPerMinute,
        now,
      }),
    ],
    routes: [
      ...staffRoutes(
        house.staff,
        { read: readSessionToken, set: setSessionCookie, clear: clearSessionCookie },
        meView,
      ),
      ...deskRoutes({ contacts, files, routing, hub, figures }),
      ...contactRoutes({ contacts, codes: house.codes, now }),
      ...ticketRoutes(tickets, contacts),
      ...knowledgeRoutes({ knowledge: house.knowledge, now, timezone: config.timezone }),
      ...intentRoutes(house.intents),
      ...answerRoutes(house.answers, house.knowledge),
      ...flowRoutes(room),
      ...flowRouteRoutes(house.flowRouting, now),
      ...extensionRoutes(),
      ...measureRoutes(house.measures),
      ...sourceRoutes(house.sourceCatalog),
      ...routingRoutes(bus, (id) => isScheduleNamed(house.flows, id)),
      ...accountRoutes(
        providers.accounts,
        (accountId) => providers.check(accountId),
        () => providers.writable(),
      ),
      ...templateRoutes(house.templates),
      ...deliveryRoutes(house.deliveries, house.conversations),
      ...providers.routes,
      ...telephonyRoutes(house.telephony),
      ...recordingRoutes({ recordings: house.recordings, contacts, now }),
      ...promptRoutes(house.prompts, files),
      ...voicemailRoutes({ ...house, voicemails: house.voicemail }),
      ...trialRoutes(house.trials),
      ...fileRoutes((request, by) => receiveFile(request, files, by)),
    ],
  })
}

function flowRoom({ flows, bus, now, files, flowEnvironment, bot }: House): FlowRoom {
  return openFlowRoom({
    ...{ flows, bus, now },
    environment: flowEnvironment,
    async recordings(ids) {
      const found = await Promise.all(ids.map((id) => files.find(id)))
      return new Map(found.flatMap((file) => (file ? [[file._id, file.sha256]] : [])))
    },
    references: {
      async accounts() {
        const all = await AccountModel.find({}, { name: 1, flowId: 1, channel: 1 }).lean<
          Account[]
        >()
        return all.map(({ _id, name, flowId, channel }) => ({
          id: _id,
          isNumber: channel === 'voice',
          ...{ name, flowId },
        }))
      },
      async routes() {
        const stored = await FlowRoutesModel.findById('routes').lean<StoredFlowRoutes>()
        return stored?.routes ?? []
      },
      inside: (flowId) => conversationsInside(flowId, bot),
    },
  })
}

/** Open conversations by the version of the flow they pin. */
async function conversationsInside(flowId: string, bot: BotHost): Promise<Map<number, number>> {
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

function urlOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}

/** Next to the bundle in production, in dist/ when run from source. */
function builtFolder(name: string): string {
  const here = import.meta.url
  return fileURLToPath(new URL(here.endsWith('.ts') ? `../dist/${name}` : name, here))
}

function countBy(keys: string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1
  return counts
}
