/** What main thread and media worker tell each other. Audio travels as transferred buffers. */
import type { ErrorCode } from '../../gateway/errors.ts'
import type { Codec, Hearing, LegStats, PlayEnd, PlayOptions } from '../media.ts'
import type { Endpoint } from '../sdp/sdp.ts'

export interface PortRange {
  from: number
  /** 0: any port the system gives */
  to: number
}

export interface RecordingLimits {
  /** a recording ends by itself after that long */
  maxMs: number
  /** a recording does not begin, and ends, where the disk has less left */
  minFreeBytes: number
}

export interface WorkerSettings {
  host: string
  /** written into the answers to browsers; numeric */
  address: string
  ports: PortRange
  /** for browsers; apart from the others, because the WebRTC library looks for free ones itself */
  browserPorts: PortRange
  recording: RecordingLimits
  silentLineMs: number
}

/** What was agreed for one RTP leg, or with a browser. */
export interface LegFormat {
  codec: Codec
  payloadType: number
  /** payload types that may come in, with what they carry */
  accepts: { payloadType: number; codec: Codec }[]
  /** undefined: keys are tones in the audio */
  telephoneEvent?: { send: number; accept: number[] }
  /** of 20 ms, in the packets we send */
  framesPerPacket: number
  sending: boolean
  receiving: boolean
}

export interface Remote {
  rtp: Endpoint
  rtcp: Endpoint
  rtcpMux: boolean
}

export type WorkerSource =
  | { kind: 'files'; files: string[] }
  | { kind: 'stream' }
  | { kind: 'tone'; hz: number[]; onMs: number; offMs: number; level?: number }
  | { kind: 'silence'; silenceMs: number }

export type Side = 'left' | 'right'

/** Answered with `reply` or `failed` under the same `request`. */
export type Request =
  | { kind: 'addRtp'; room: string; leg: string; codec: Codec }
  | { kind: 'addWebRtc'; room: string; leg: string; offerSdp: string }
  | { kind: 'record'; room: string; recording: string; file: string; sides: Record<Side, string[]> }
  | { kind: 'stopRecording'; room: string; recording: string }
  | { kind: 'closeRoom'; room: string }
  | { kind: 'stats'; leg: string }

export interface Replies {
  addRtp: { port: number }
  addWebRtc: { answerSdp: string }
  record: undefined
  stopRecording: { durationMs: number; bytes: number }
  closeRoom: undefined
  stats: LegStats
}

export type Command =
  | { kind: 'openRoom'; room: string }
  | { kind: 'hearing'; room: string; pairs: Hearing[] }
  | { kind: 'format'; leg: string; format: LegFormat; remote: Remote }
  | {
      kind: 'play'
      leg: string
      playback: string
      source: WorkerSource
      options: PlayOptions
    }
  | { kind: 'stopPlaying'; leg: string }
  | { kind: 'pausePlayback'; leg: string; playback: string; on: boolean }
  | { kind: 'stopPlayback'; leg: string; playback: string }
  | { kind: 'chunk'; leg: string; playback: string; pcm: Int16Array }
  | { kind: 'streamEnd'; leg: string; playback: string; failed: boolean }
  | { kind: 'digits'; leg: string; digits: string }
  | { kind: 'tap'; leg: string; on: boolean }
  | { kind: 'detectSpeech'; leg: string; on: boolean }
  | { kind: 'closeLeg'; leg: string }
  | { kind: 'addToRecording'; room: string; recording: string; side: Side; leg: string }
  | { kind: 'pauseRecording'; room: string; recording: string; on: boolean }
  /** for tests of what happens when a worker dies */
  | { kind: 'crash'; how: 'exit' | 'throw' | 'memory' }

export type ToWorker = Command | (Request & { request: number })

/** Tells of one leg; handed on to its handle. */
export type LegEvent =
  | { kind: 'digit'; leg: string; digit: string }
  | { kind: 'audio'; leg: string; pcm: Int16Array }
  | { kind: 'speech'; leg: string; speaking: boolean }
  | { kind: 'silentLine'; leg: string; silentMs: number }
  | { kind: 'connected'; leg: string; connected: boolean }
  | { kind: 'ended'; leg: string; playback: string; end: PlayEnd; reason?: string }
  /** a chunk of a stream has been played: room for the next */
  | { kind: 'consumed'; leg: string; playback: string; samples: number }

export type FromWorker =
  | { kind: 'ready' }
  | { kind: 'reply'; request: number; result: unknown }
  | { kind: 'failed'; request: number; code: ErrorCode; details?: unknown }
  /** of the clock: over ten seconds, and in the last one */
  | { kind: 'lateness'; p99Ms: number; secondP90Ms: number }
  | { kind: 'recordingFailed'; recording: string; reason: string }
  | { kind: 'error'; message: string; stack?: string }
  | LegEvent
