/** Puts everything together. The order is the order of the floors: store, rooms, routing, desk, channels, doors. */
import type { Logger } from 'pino'
import type { SipListener } from '../channels/sip/sip-engine.ts'
import { createBus } from './bus/bus.ts'
import { openChannelRooms } from './channel-rooms.ts'
import type { Config } from './config.ts'
import { Deliveries } from './delivery/deliveries.ts'
import type { Channel } from './domain/conversation.ts'
import { openDoors } from './doors.ts'
import { CallbackRequests } from './intake/callback-requests.ts'
import { openMessageWay } from './message-way.ts'
import { openRooms } from './rooms.ts'
import type { RoutingAndDesk } from './routing-and-desk.ts'
import { openRoutingAndDesk } from './routing-and-desk.ts'
import type { Credential } from './seed.ts'
import type { Store } from './store/connection.ts'
import { newId } from './store/id.ts'
import { Extensions } from './telephony/extensions.ts'
import { Numbers } from './telephony/numbers.ts'
import { Trunks } from './telephony/trunks.ts'
import { Past } from './trials/past.ts'

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

  let draining = false
  const isDraining = () => draining
  const core = { config, bus, log, nodeId, now, onError }
  const adapter = (channel: Channel) => desk.channels.adapter(channel)
  const rooms = await openRooms(core)
  const way = openMessageWay({ ...core, ...rooms, adapter })
  const desk: RoutingAndDesk = openRoutingAndDesk({ ...core, ...rooms, ...way, adapter })
  const channelRooms = await openChannelRooms({ ...core, ...rooms, ...way, ...desk, isDraining })
  const { contacts, recordings, settings, telephonySettings } = rooms
  const { conversations, inbound, outbox, flusher } = way
  const { routing, hub, agents, figures, deadlines, channels } = desk
  const { calls, callPages, promised, providers, transcripts } = channelRooms

  // take up where the last process stopped, before anything new comes in
  await Promise.all([figures.start(bus), routing.start(), hub.start(), deadlines.start()])
  await agents.start()
  await recordings.start()
  rooms.measures.start()
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

  const doors = await openDoors({
    ...{ store, version, isDraining },
    ...{ ...core, ...rooms, ...way, ...desk, ...channelRooms },
    calls: calls.desk,
    callFigures: () => calls.figures(),
    telephony: {
      settings: telephonySettings,
      trunks: new Trunks({ bus, secret: rooms.secret }),
      numbers: new Numbers({ bus }),
      extensions: new Extensions({ bus }),
      port: calls.port,
    },
    deliveries: new Deliveries({ contacts, outbox, inbound, bus, now }),
    callbacks: new CallbackRequests({ conversations, settings, now }),
    trials: {
      flows: rooms.flows,
      trialFlows: way.trialFlows,
      past: new Past({
        contacts,
        flow: (id, version) => rooms.flows.get(id, version),
        prepare: way.services.prepare,
        pins: (state) => way.bot.pins(state),
      }),
      calls: calls.browser,
      // asked by nobody: it is no miss of the knowledge base, and no words to be sorted
      world: {
        ...way.services,
        searchKnowledge: async ({ text, lang, top }) => rooms.knowledge.search(text, lang, top),
        classify: ({ classifier, text, lang, top }) =>
          rooms.intents.sort(classifier, text, lang, top),
      },
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
    credentials: rooms.credentials,
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
      await rooms.measures.stop().catch(onError)
      routing.router.stop()
      rooms.flows.stop()
      rooms.flowRouting.stop()
      await promised.stop()
      await channels.stop()
      await rooms.sources.close()
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
