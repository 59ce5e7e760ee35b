/** The channels: calls, web chat and those of providers, and what all of them call in the core. */
import type { Logger } from 'pino'
import type { ChannelContext } from '../channels/channel.ts'
import { CallPages } from '../channels/webchat/call-pages.ts'
import { VisitorTokens } from '../channels/webchat/visitor-token.ts'
import { Webchat } from '../channels/webchat/webchat.ts'
import type { Bus } from './bus/bus.ts'
import type { Calls } from './calls.ts'
import { openCalls } from './calls.ts'
import type { Config } from './config.ts'
import { fail } from './errors.ts'
import { PromisedFiles } from './files/promised.ts'
import type { MessageWay } from './message-way.ts'
import { AddressGuard } from './outgoing/address-guard.ts'
import { CallOut } from './outgoing/call-out.ts'
import { fetchOutside } from './outgoing/fetch-outside.ts'
import { PromptAudio } from './prompt-audio.ts'
import { PromptRecordings } from './prompts/prompt-recordings.ts'
import { Prompts } from './prompts/prompts.ts'
import { Providers } from './providers.ts'
import { fileToPlay } from './recordings/access.ts'
import type { Rooms } from './rooms.ts'
import type { RoutingAndDesk } from './routing-and-desk.ts'
import { Transcripts } from './voicemail/transcripts.ts'

export interface ChannelRoomsOptions extends Rooms, MessageWay, RoutingAndDesk {
  config: Config
  bus: Bus
  log: Logger
  nodeId: string
  now: () => number
  onError: (error: unknown, about?: object) => void
  /** nobody new comes in */
  isDraining: () => boolean
}

export interface ChannelRooms {
  calls: Calls
  transcripts: Transcripts
  callPages: CallPages
  tokens: VisitorTokens
  webchat: Webchat
  promised: PromisedFiles
  providers: Providers
  prompts: Prompts
}

/** Ready to send; they take in nothing before they are told to. */
export async function openChannelRooms(options: ChannelRoomsOptions): Promise<ChannelRooms> {
  const { config, bus, log, nodeId, now, onError } = options
  const { flows, files, tunes, templates, telephonySettings, voicemail, recordings, secret } =
    options
  const { settings, identities, conversations, inbound, reports } = options
  const { routing, callLinks, actions, hub, agents, channels } = options
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
    ...{ conversations, identities, recordings, tunes },
    voicemail: {
      async leave(message) {
        transcripts.add(await voicemail.leave(message))
      },
    },
    receive: (envelope) => inbound.receive(envelope),
    audioFile: (blobId) => promptAudio.file(blobId),
    recordingFile: (id, by) => fileToPlay(recordings, id, by, now()),
    saveFile: (content, name) => files.put(content, name, 'caller'),
    voiceOf: ({ _id, bot }, lang) => options.bot.voiceOf(bot, _id, lang),
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
  options.voices.open(calls.speech)
  const prompts = new Prompts({
    ...{ flows, tunes, now },
    recordings: new PromptRecordings({ files, audio: promptAudio, now }),
    speech: calls.speech,
  })
  const callPages: CallPages = new CallPages({
    ...{ links: callLinks, now, onError },
    calls: calls.browser,
  })
  const context = channelContext(options)
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
    fetchOutside: fetchOutside(new CallOut(new AddressGuard(config.sourceAllow))),
  })
  for (const adapter of [webchat, calls.voice, ...providers.channels]) channels.add(adapter)
  await providers.load()
  return { calls, transcripts, callPages, tokens, webchat, promised, providers, prompts }
}

/** What every channel calls in the core. */
function channelContext(options: ChannelRoomsOptions): ChannelContext {
  const { bus, conversations, inbound, receipts, channels, isDraining } = options
  return {
    receive: (envelope) => (isDraining() ? fail('SHUTTING_DOWN') : inbound.receive(envelope)),
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
}
