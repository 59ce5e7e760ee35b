/** The rooms of the capabilities, opened: each stands by itself, and none knows who comes in. */
import { sampleSources } from '../bots/samples/hotline/index.ts'
import type { Bus } from './bus/bus.ts'
import { Templates } from './accounts/templates.ts'
import type { Config } from './config.ts'
import { AddressGuard } from './outgoing/address-guard.ts'
import { Extensions } from './extensions/extensions.ts'
import { landFlows } from './extensions/land-flows.ts'
import { Answers } from './answers/answers.ts'
import { Contacts } from './contacts/contacts.ts'
import { Identities } from './contacts/identities.ts'
import { Files } from './files/files.ts'
import { FlowRouting } from './flow-routes/flow-routing.ts'
import { Flows } from './flows/flows.ts'
import type { TransferOptions } from './flows/transfer.ts'
import { Intents } from './intents/intents.ts'
import { intentUses } from './intents/uses.ts'
import { Knowledge } from './knowledge/knowledge.ts'
import { Tunes } from './prompts/tunes.ts'
import { VoiceBook } from './prompts/voice-book.ts'
import { Recordings } from './recordings/recordings.ts'
import { Measures } from './measures/measures.ts'
import { QueueModel, ScheduleModel, SkillModel } from './routing/model.ts'
import { RoutingSettings } from './routing/settings.ts'
import type { Credential } from './seed.ts'
import { seed, signingSecret } from './seed.ts'
import { SourceCatalog } from './sources/catalog.ts'
import { bundledSource, readSources } from './sources/given-sources.ts'
import { Sources } from './sources/sources.ts'
import { Staff } from './staff/staff.ts'
import { TelephonySettings } from './telephony/settings.ts'
import { TicketKindModel } from './tickets/model.ts'
import { Tickets } from './tickets/tickets.ts'
import { MailboxModel } from './voicemail/model.ts'
import { Voicemails } from './voicemail/voicemails.ts'

export interface RoomsOptions {
  config: Config
  bus: Bus
  now: () => number
  onError: (error: unknown, about?: object) => void
}

export interface Rooms {
  staff: Staff
  contacts: Contacts
  identities: Identities
  tickets: Tickets
  settings: RoutingSettings
  sources: Sources
  sourceCatalog: SourceCatalog
  knowledge: Knowledge
  intents: Intents
  answers: Answers
  flows: Flows
  flowRouting: FlowRouting
  /** what flows may refer to, at this moment */
  flowEnvironment: TransferOptions['environment']
  files: Files
  templates: Templates
  telephonySettings: TelephonySettings
  voicemail: Voicemails
  recordings: Recordings
  /** custom blocks and coded dialogs of this installation */
  extensions: Extensions
  tunes: Tunes
  voices: VoiceBook
  measures: Measures
  /** what addresses, codes and tokens are signed with */
  secret: string
  /** made at this start */
  credentials: Credential[]
}

/** The store has its indexes; what is missing in it is seeded here. */
export async function openRooms({ config, bus, now, onError }: RoomsOptions): Promise<Rooms> {
  const staff = new Staff({ bus, now })
  const contacts = new Contacts({ bus, now })
  const identities = new Identities(now, contacts)
  bus.subscribe('contact', ({ contactId }) => identities.forget(contactId))
  const tickets = new Tickets({ bus, now, timezone: config.timezone })
  const settings = new RoutingSettings()
  const configured = config.sourcesFile ? await readSources(config.sourcesFile) : []
  const secret = await signingSecret()
  const sources = new Sources({
    given: [...sampleSources.map(bundledSource), ...configured],
    guard: new AddressGuard(config.sourceAllow),
    secret,
    now,
  })
  const sourceCatalog = new SourceCatalog({ sources, bus, secret, now })
  const knowledge = new Knowledge({ now, timezone: config.timezone })
  const answers = new Answers({ guard: new AddressGuard(config.sourceAllow), secret, now })
  const intents: Intents = new Intents({ now, usedBy: (id) => intentUses(flows, id) })
  const extensions = await Extensions.open(config.extensionsDir, onError)
  const voices = new VoiceBook()
  const flowEnvironment = async () => ({
    queues: await ids(QueueModel),
    schedules: await ids(ScheduleModel),
    skills: await ids(SkillModel),
    ticketKinds: await ids(TicketKindModel),
    mailboxes: await ids(MailboxModel),
    sources: sources.ids,
    classifiers: intents.ids,
    dialogs: extensions.dialogIds,
    customBlocks: extensions.blockIds,
    voices: await voices.known(),
  })
  const flows = new Flows({
    bus,
    now,
    environment: flowEnvironment,
  })
  const flowRouting = new FlowRouting({
    bus,
    world: {
      hours: (scheduleId, atMs) => settings.hours(scheduleId, atMs),
      isLive: (flowId) => flows.get(flowId, 'live') !== undefined,
      timezone: config.timezone,
    },
  })
  const credentials = await seed({ staff, flows, demo: config.demo, now })
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
  const tunes = new Tunes({ bus })
  const measures = new Measures({
    flows,
    now,
    timezone: config.timezone,
    retentionDays: config.measureDays,
    onError,
  })
  await Promise.all([
    settings.start(bus, onError),
    telephonySettings.start(bus, onError),
    knowledge.start(bus, onError),
    intents.start(bus, onError),
    answers.start(),
    tunes.start(onError),
    flows.start(onError),
    sources.start(bus, onError),
    flowRouting.start(onError),
  ])
  await landFlows(extensions.flows, { flows, now, onFault: onError })
  return {
    ...{ staff, contacts, identities, tickets, settings, sources, sourceCatalog, knowledge, flows },
    ...{ intents, answers },
    ...{ files, templates: new Templates(), telephonySettings, voicemail, recordings },
    ...{ measures, tunes, voices, extensions },
    ...{ flowRouting, flowEnvironment, secret, credentials },
  }
}

async function ids(
  model:
    | typeof QueueModel
    | typeof SkillModel
    | typeof ScheduleModel
    | typeof TicketKindModel
    | typeof MailboxModel,
): Promise<string[]> {
  const found = await (model as typeof QueueModel).find({}, { _id: 1 }).lean<{ _id: string }[]>()
  return found.map(({ _id }) => _id)
}
