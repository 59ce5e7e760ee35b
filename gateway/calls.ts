/** Puts telephony together: media, speech, signalling, the calls channel and what the desk does with it. */
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Logger } from 'pino'
import { BrowserCalls } from '../channels/voice/browser-calls.ts'
import { DeskCalls } from '../channels/voice/desk-calls.ts'
import { phaseOf } from '../channels/voice/call-card.ts'
import { TrunkLines } from '../channels/voice/trunk-lines.ts'
import { TrunkRegistrations } from '../channels/voice/trunk-registrations.ts'
import { Voice } from '../channels/voice/voice.ts'
import type { VoiceOptions } from '../channels/voice/voice-options.ts'
import type { Visitor } from '../channels/webchat/visitor-token.ts'
import type { CallOutcome, SipEngine, SipListener } from '../channels/sip/sip-engine.ts'
import { createSipEngine } from '../channels/sip/stack.ts'
import { createAsr } from '../media/asr/asr-service.ts'
import { transcribe } from '../media/asr/transcribe.ts'
import { createMediaEngine } from '../media/engine/engine.ts'
import { decodeWav } from '../media/prompts/decode-wav.ts'
import { holdMusic } from '../media/prompts/hold-music.ts'
import { createSpeech } from '../media/tts/speech.ts'
import type { Speech } from '../media/tts/tts.ts'
import type { CallFigures } from './call-figures.ts'
import type { Config } from './config.ts'
import type { StaffMember } from './domain/staff.ts'
import { fail, YiluError } from './errors.ts'
import type { Bus } from './bus/bus.ts'
import type { Flows } from './flows/flows.ts'
import { ownAddress } from './own-address.ts'
import { Music } from './prompts/music.ts'
import type { Tunes } from './prompts/tunes.ts'
import { SpokenBeforehand } from './spoken-beforehand.ts'
import type { TelephonyPort } from './telephony/port.ts'
import { telephonyOff } from './telephony/port.ts'
import type { TelephonySettings } from './telephony/settings.ts'

const CALLS_RETRY_SECONDS = 5

export interface CallsOptions extends Omit<
  VoiceOptions,
  'media' | 'sip' | 'speech' | 'asr' | 'book' | 'lines' | 'music' | 'ringback' | 'onError' | 'now'
> {
  config: Config
  settings: TelephonySettings
  flows: Flows
  tunes: Tunes
  bus: Bus
  log: Logger
  now: () => number
  onError: (error: unknown) => void
  invite: (member: StaffMember, conversationId: string) => Promise<void>
  onBrowserCallEnded: (visitor: Visitor) => void
  /** begun by a link into this conversation */
  onLinkedCallEnded: (conversationId: string) => void
}

export interface Calls {
  voice: Voice
  desk: DeskCalls
  speech: Speech
  browser: BrowserCalls
  port: TelephonyPort
  /** what is said in a WAV file. @throws NO_SPEECH_MODEL */
  transcribe(file: string, locale: string): Promise<string>
  /** how much is going on at this moment */
  figures(): CallFigures
  /** why no telephone can reach us, or undefined */
  fault: string | undefined
  listening: SipListener[]
  /** the doors are open: what can be made beforehand is made now, so that it delays no start */
  begin(): void
  stop(): Promise<void>
}

export async function openCalls(options: CallsOptions): Promise<Calls> {
  const { config, settings, log, now, onError } = options
  const address = config.sip.address ?? ownAddress(config.sip.host)
  const [media, asr] = await Promise.all([
    createMediaEngine({
      workers: config.mediaWorkers,
      host: config.sip.host,
      rtpPorts: config.rtpPorts,
      onError,
      ...(address && { address }),
    }),
    createAsr({
      modelsDir: path.join(config.dataDir, 'models'),
      production: process.env.NODE_ENV === 'production',
      onError,
      now,
      ...(config.voskUrl && { remoteUrl: config.voskUrl }),
    }),
  ])
  const speech = createSpeech({
    cacheDir: path.join(config.dataDir, 'tts'),
    now,
    onError,
    ...(config.googleCredentials && { google: { credentialsFile: config.googleCredentials } }),
  })
  const beforehand = new SpokenBeforehand({
    bus: options.bus,
    speech,
    recordings: options.audioFile,
    flows: () => options.flows.liveFlows(),
    onError,
  })
  let turnedAway = 0
  const hasRoom = () => {
    const has = media.load().some(({ used }) => used < 1)
    if (!has) turnedAway++
    return has
  }
  let fault: string | undefined
  let sip: SipEngine | undefined
  try {
    sip = await openSip(options, hasRoom)
  } catch (error) {
    if (!(error instanceof YiluError)) throw error
    // chats and browser calls go on; the banner and the status page say why no telephone can reach us
    fault = `${error.message} ${JSON.stringify(error.details ?? {})}`
    log.error({ err: error }, 'telephony is off')
  }
  const music = new Music({
    tunes: options.tunes,
    queue: options.queue,
    account: (id) => settings.accountById(id),
    audioFile: options.audioFile,
    ownPiece: once(() => holdMusic(path.join(config.dataDir, 'prompts'))),
    onError,
  })
  const lines = new TrunkLines()
  const voiceOptions: VoiceOptions = {
    ...{ ...options, media, sip, speech, asr },
    music: (where) => music.hold(where),
    ringback: (accountId) => music.ringback(accountId),
    book: settings,
    lines,
  }
  const voice = new Voice(voiceOptions)
  // after the channels were told, so that a call that goes on is known by its conversation
  options.bus.subscribe('conversation', (change) => voice.calledBack(change))
  const desk = new DeskCalls({ ...voiceOptions, voice, invite: options.invite })
  const browser = new BrowserCalls({
    voice,
    conversations: options.conversations,
    onEnded: options.onBrowserCallEnded,
    onLinkedEnded: options.onLinkedCallEnded,
  })
  const registrations =
    sip && new TrunkRegistrations(sip, (trunkId) => settings.clientCredentials(trunkId))
  const register = () => registrations?.follow(settings.trunks.filter((trunk) => trunk.register))
  register()
  settings.onChange(register)
  return {
    voice,
    desk,
    speech,
    browser,
    fault,
    listening: sip?.listening ?? [],
    port: {
      async status() {
        const parts = {
          workers: media.load(),
          tts: speech.status().providers,
          asr: asr.status(),
        }
        if (!sip) return { ...telephonyOff(fault ?? ''), ...parts }
        return {
          running: true,
          listeners: sip.listening,
          sip: sip.stats(),
          registrations:
            registrations?.states().map(({ trunkId, state }) => ({ trunkId, ...state })) ?? [],
          bindings: settings.extensions.flatMap(({ _id }) =>
            sip.bindings(_id).map(({ uri, target, untilMs, userAgent }) => ({
              extension: _id,
              uri,
              ...target,
              untilMs,
              ...(userAgent && { userAgent }),
            })),
          ),
          ...parts,
        }
      },
      async ping(trunkId) {
        const { host, port, transport } = settings.trunk(trunkId) ?? fail('NOT_FOUND')
        return (sip ?? fail('TELEPHONY_OFF')).ping({ host, port, transport })
      },
      async callOut(about) {
        const { call, answered } = await voice.callNumber(about)
        if (!(await answered)) return { outcome: (call.outcome ?? 'failed') as CallOutcome }
        return { outcome: 'answered', conversationId: (await call.known)._id }
      },
    },
    async transcribe(file, locale) {
      const wav = decodeWav(await readFile(file)) ?? fail('RECORDING_GONE')
      const samples = wav.read(0, wav.frames)
      // the caller is on one side of two
      const pcm = Int16Array.from(
        samples,
        (sample) => Math.max(-1, Math.min(1, 2 * sample)) * 32_767,
      )
      return transcribe(asr, pcm, locale)
    },
    figures() {
      const calls: Record<string, number> = {}
      for (const call of voice.calls) {
        const phase = phaseOf(call)
        calls[phase] = (calls[phase] ?? 0) + 1
      }
      const refused = Object.fromEntries(voice.refused)
      return {
        calls,
        trunks: Object.fromEntries(settings.trunks.map(({ _id }) => [_id, lines.count(_id)])),
        workers: media.load(),
        refused: { ...refused, full: (refused.full ?? 0) + turnedAway },
        tts: speech.status().providers,
        asr: asr.status(),
        registrations:
          registrations?.states().map(({ trunkId, state: { state } }) => ({ trunkId, state })) ??
          [],
        sip: sip?.stats(),
      }
    },
    begin: () => beforehand.begin(),
    async stop() {
      beforehand.stop()
      await voice.stop()
      await Promise.all([speech.stop(), asr.stop()])
    },
  }
}

async function openSip(
  { config, settings, log }: CallsOptions,
  hasRoom: () => boolean,
): Promise<SipEngine> {
  const { host, port, tls, address } = config.sip
  const listen: SipListener[] = [
    { transport: 'udp', host, port },
    { transport: 'tcp', host, port },
    ...(tls ? [{ transport: 'tls' as const, host, port: tls.port }] : []),
  ]
  return createSipEngine({
    listen,
    policy: {
      realm: settings.realm,
      peerByAddress: (from) => settings.peerByAddress(from),
      credentials: (userName) => settings.credentials(userName),
      admit: () =>
        hasRoom() ? { ok: true } : { ok: false, retryAfterSeconds: CALLS_RETRY_SECONDS },
    },
    userAgent: 'Yilu',
    log: (event, detail) => log.debug(detail, `sip: ${event}`),
    ...(address && { advertised: address }),
    ...(tls && {
      tls: { cert: await readFile(tls.certFile, 'utf8'), key: await readFile(tls.keyFile, 'utf8') },
    }),
  })
}

/** Made at the first wish, and again after a failure. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () =>
    (made ??= make().catch((error: unknown) => {
      made = undefined
      throw error
    }))
}
