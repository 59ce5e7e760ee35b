/** Puts everything together. The order is the order of the floors: store, rooms, routing, desk, doors. */
import type { Logger } from 'pino'
import { BotHost } from '../bots/host/bot-host.ts'
import { sampleSources, sampleSynonyms } from '../bots/samples/hotline/index.ts'
import type { ChannelContext } from '../channels/channel.ts'
import { CallLinks } from '../channels/webchat/call-links.ts'
import { CallPages } from '../channels/webchat/call-pages.ts'
import { CallTokens } from '../channels/webchat/call-token.ts'
import { VisitorTokens } from '../channels/webchat/visitor-token.ts'
import { Webchat } from '../channels/webchat/webchat.ts'
import { createBotServices } from './bot-services.ts'
import { openDoors } from './doors.ts'
import type { SipListener } from '../channels/sip/sip-engine.ts'
import type { Calls } from './calls.ts'
import { openCalls } from './calls.ts'
import { createBus } from './bus/bus.ts'
import type { Config } from './config.ts'
import { codeSender } from './code-sender.ts'
import { Contacts } from './contacts/contacts.ts'
import { Identities } from './contacts/identities.ts'
import { OneTimeCodes } from './contacts/one-time-codes.ts'
import { Actions } from './desk/actions.ts'
import { Agents } from './desk/agents.ts'
import { Figures } from './desk/figures.ts'
import { Hub } from './desk/hub.ts'
import { fail } from './errors.ts'
import { Files } from './files/files.ts'
import { Flows } from './flows/flows.ts'
import { CallbackRequests } from './intake/callback-requests.ts'
import { Channels } from './intake/channels.ts'
import { Conversations } from './intake/conversations.ts'
import { Deadlines } from './intake/deadlines.ts'
import { Flusher } from './intake/flush.ts'
import { Inbound } from './intake/inbound.ts'
import { Outbox } from './intake/outbox.ts'
import { Receipts } from './intake/receipts.ts'
import { Turns, handoffStatus } from './intake/turns.ts'
import { Knowledge } from './knowledge/knowledge.ts'
import { LiveRouting } from './routing/persistence.ts'
import { systemClock } from './routing/router.ts'
import { RoutingSettings } from './routing/settings.ts'
import { Deliveries } from './delivery/deliveries.ts'
import { PromisedFiles } from './files/promised.ts'
import { Templates } from './accounts/templates.ts'
import { Reaching } from './desk/reach.ts'
import { DeliveryReports } from './intake/delivery-reports.ts'
import { Windows } from './intake/windows.ts'
import type { Channel } from './domain/conversation.ts'
import { legKey } from './domain/conversation.ts'
import { Providers } from './providers.ts'
import { PromptAudio } from './prompt-audio.ts'
import { fileToPlay } from './recordings/access.ts'
import { Recordings } from './recordings/recordings.ts'
import type { Credential } from './seed.ts'
import { seed, signingSecret } from './seed.ts'
import { readSources, Sources } from './sources/sources.ts'
import { Staff } from './staff/staff.ts'
import type { Store } from './store/connection.ts'
import { Extensions } from './telephony/extensions.ts'
import { Numbers } from './telephony/numbers.ts'
import { TelephonySettings } from './telephony/settings.ts'
import { Trunks } from './telephony/trunks.ts'
import { newId } from './store/id.ts'
import { TicketKindModel } from './tickets/model.ts'
import { QueueModel, ScheduleModel } from './routing/model.ts'
import { MailboxModel } from './voicemail/model.ts'
import { Transcripts } from './voicemail/transcripts.ts'
import { Voicemails } from './voicemail/voicemails.ts'
import { Tickets } from './tickets/tickets.ts'

/** Work under way at a stop gets this long to finish. */
const DRAIN_MS = 10_000
const SETTLE_MS = 2_000

export interface Product {
  /** where it listens, e.g. http://127.0.0.1:8080 */
  url: string
  store: 'mongodb' | 'embedded'
  enginePid?: number
  /** where telephones reach us; `fault` says why none can */
  telephone: { listening: SipListener[]; fault: string | undefined }
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
  const identities = new Identities(now, contacts)
  bus.subscribe('contact', ({ contactId }) => identities.forget(contactId))
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
      mailboxes: await ids(MailboxModel),
      sources: sources.ids,
    }),
  })
  const credentials = await seed({ staff, flows, demo: config.demo, now })
  const secret = await signingSecret()
  const files = new Files({ dataDir: config.dataDir, secret, now })
  const telephonySettings = new TelephonySettings({ secret })
  const voicemail = new Voicemails({ bus, settings, now })
  const recordings = new Recordings({
    dataDir: config.dataDir,
    now,
    timezone: config.timezone,
    retentionDays: config.recordingDays,
    onError,
  })
  await Promise.all([
    settings.start(bus, onError),
    telephonySettings.start(bus, onError),
    knowledge.start(bus, onError),
    flows.start(onError),
  ])

  const templates = new Templates()
  const codes = new OneTimeCodes({
    ...{ contacts, identities, secret, now },
    send: codeSender({ templates, adapter: () => channels.adapter('sms'), now }),
  })

  // the way of a message
  const bot = new BotHost({
    services: createBotServices({
      flows,
      knowledge,
      settings,
      sources,
      tickets,
      codes,
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
    leaveWords: ({ _id, contactId }, words) =>
      voicemail.leaveWords({ ...words, conversationId: _id, contactId }),
    idleMs: config.idleMs,
    onError,
  })
  const windows = new Windows({ bus, now })
  const reports = new DeliveryReports({ bus, now })
  const adapter = (channel: Channel) => channels.adapter(channel)
  const outbox = new Outbox({ bus, now, nodeId, onError, windows, reports, adapter })
  const flusher = new Flusher({
    onError,
    onOutbox: (rows, messages) => outbox.dispatch(rows, messages),
  })
  const conversations = new Conversations({
    bus,
    now,
    flush: (conversation, messages) => flusher.add(conversation, messages),
  })
  bus.subscribe('contact', ({ movedConversationIds: moved }) => {
    if (moved) void conversations.moved(moved).catch(onError)
  })
  const inbound = new Inbound({
    conversations,
    identities,
    turns,
    windows,
    now,
    wrapUpMs: (queueId) => settings.wrapUpMs(queueId),
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

  // channels
  let draining = false
  const member = (staffId: string) => agents.get(staffId) ?? fail('NO_SUCH_AGENT')
  const promptAudio = new PromptAudio({ dataDir: config.dataDir, files })
  const transcripts = new Transcripts({
    transcribe: (file, locale) => calls.transcribe(file, locale),
    async find({ recordingId, conversationId }) {
      const recording = await recordings.get(recordingId)
      const conversation = await conversations.get(conversationId)
      return (
        recording && { file: recordings.fileOf(recording), locale: conversation?.lang ?? 'zh-CN' }
      )
    },
    store: (id, transcript) => voicemail.transcribed(id, transcript),
    onError,
  })
  const calls: Calls = await openCalls({
    ...{ config, settings: telephonySettings, flows, bus, log, now, onError },
    ...{ conversations, identities, recordings },
    voicemail: {
      async leave(message) {
        transcripts.add(await voicemail.leave(message))
      },
    },
    receive: (envelope) => inbound.receive(envelope),
    audioFile: (blobId) => promptAudio.file(blobId),
    recordingFile: (id, by) => fileToPlay(recordings, id, by, now()),
    saveFile: (content, name) => files.put(content, name, 'caller'),
    queue: (queueId) => settings.queue(queueId),
    position: (conversationId) => routing.router.position(conversationId),
    agent(staffId) {
      const known = agents.get(staffId)
      return (
        known && {
          displayName: known.displayName,
          device: agents.device(staffId),
          connected: agents.isConnected(staffId),
        }
      )
    },
    accept: (staffId, id, offerId) => actions.accept(member(staffId), id, offerId),
    decline: (staffId, id, offerId) => actions.decline(member(staffId), id, offerId),
    finish: (staffId, id) => actions.finish(member(staffId), id),
    leaveTo: (staffId, id) => actions.leaveTo(staffId, id),
    takeOver: (staffId, id) => actions.assign(staffId, id),
    handBack: (staffId, id, flowId) => actions.handToFlow(staffId, id, flowId),
    async agentUnreachable(id, staffId) {
      // the next call would meet the same silence
      await agents.setState(staffId, 'busy', 'noLine')
      await actions.lineDown(staffId, id)
    },
    note: (id, name, data) => actions.notice(id, name, data),
    publish: (card) => hub.callChanged(card),
    invite: (by, id) => actions.invite(by, id),
    onBrowserCallEnded: (visitor) =>
      webchat.callEnded({ accountId: visitor.accountId, threadKey: visitor.visitorId }, 'hungUp'),
    onLinkedCallEnded: (conversationId) => callPages.callEnded(conversationId),
  })
  const callPages: CallPages = new CallPages({
    ...{ links: callLinks, now, onError },
    calls: calls.browser,
  })
  const context: ChannelContext = {
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
  }
  const tokens = new VisitorTokens(secret)
  const webchat: Webchat = new Webchat({
    ...{ tokens, files, now, onError, context },
    calls: calls.browser,
  })
  const promised = new PromisedFiles({
    ...{ files, now, onError },
    fetch: (accountId, ref) => providers.fetchMedia(accountId, ref),
  })
  const providers: Providers = new Providers({
    ...{ context, files, templates, bus, secret, nodeId, now, onError },
    publicUrl: config.publicUrl,
    promiseMedia: (promise) => promised.promise(promise),
    delivered: (report) => reports.take(report),
  })
  for (const adapter of [webchat, calls.voice, ...providers.channels]) channels.add(adapter)
  await providers.load()

  // take up where the last process stopped, before anything new comes in
  await Promise.all([figures.start(bus), routing.start(), hub.start(), deadlines.start()])
  await agents.start()
  await recordings.start()
  bus.subscribe(
    'staff',
    ({ staffId, signOut }) => void staffChanged(staffId, signOut).catch(onError),
  )
  const recovered = {
    merges: await contacts.start(),
    committed: await flusher.recover(),
    outbox: await outbox.recover(),
    inbox: await inbound.recover(),
    files: await promised.start(),
    calls: await calls.voice.start(),
  }
  log.info(recovered, 'recovered')

  async function staffChanged(staffId: string, signOut: boolean): Promise<void> {
    await agents.memberChanged(staffId)
    await hub.staffChanged(staffId, agents.get(staffId), signOut)
  }

  const telephony = {
    settings: telephonySettings,
    trunks: new Trunks({ bus, secret }),
    numbers: new Numbers({ bus }),
    extensions: new Extensions({ bus }),
    port: calls.port,
  }
  const deliveries = new Deliveries({ contacts, outbox, inbound, bus, now })
  const doors = await openDoors({
    ...{ deliveries, templates, promised, reach },
    telephony,
    recordings,
    voicemail,
    ...{ config, store, log, version, now, bus, onError, isDraining: () => draining },
    ...{ staff, contacts, codes, tickets, knowledge, flows, files, bot },
    calls: calls.desk,
    callFigures: () => calls.figures(),
    ...{
      conversations,
      channels,
      webchat,
      tokens,
      callLinks,
      callPages,
      callbacks: new CallbackRequests({ conversations, settings, now }),
      providers,
      routing,
      hub,
      agents,
      actions,
      figures,
    },
  })

  log.info(
    {
      url: doors.url,
      store: store.kind,
      sip: calls.listening.map(({ transport, host, port }) => `${transport}:${host}:${port}`),
      trunks: telephonySettings.trunks.length,
      speech: calls.figures().asr.models.map(({ locale }) => locale),
    },
    'ready',
  )
  calls.begin()
  providers.begin()

  return {
    url: doors.url,
    store: store.kind,
    enginePid: store.enginePid,
    telephone: { listening: calls.listening, fault: calls.fault },
    credentials,
    async stop() {
      draining = true
      doors.close()
      deadlines.stop()
      recordings.stop()
      transcripts.stop()
      agents.stop()
      hub.stop()
      // callers hear that it is over, and their conversations are told before the rest drains
      await calls.stop().catch(onError)
      const drained = (async () => {
        await inbound.idle()
        await conversations.idle()
        await flusher.settled()
        await outbox.stop()
      })()
      await within(DRAIN_MS, drained)
      routing.router.stop()
      await promised.stop()
      await channels.stop()
      callPages.stop()
      // what a channel gave up sending is settled now, and still to be written
      await within(SETTLE_MS, drained)
      doors.shut()
      await store.close()
    },
  }
}

async function within(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)))
  await Promise.race([work, late]).finally(() => clearTimeout(timer))
}

async function ids(
  model: typeof QueueModel | typeof ScheduleModel | typeof TicketKindModel | typeof MailboxModel,
): Promise<string[]> {
  const found = await (model as typeof QueueModel).find({}, { _id: 1 }).lean<{ _id: string }[]>()
  return found.map(({ _id }) => _id)
}
