/**
 * What the rest of the house may ask of audio. Every leg of one call lives in one room, every room in one
 * worker thread; the main thread holds these handles and never touches a sample.
 * Audio is 16-bit linear PCM, mono, 8000 Hz (`Int16Array`), 160 samples a frame of 20 ms; on the wire G.711.
 */

export interface MediaEngine {
  /** Opens a room on the least loaded worker. @throws YiluError CALLS_FULL beyond the admitted load */
  openRoom(): Promise<Room>
  load(): WorkerLoad[]
  /** rooms end, files are closed, workers stop */
  stop(): Promise<void>
}

export interface WorkerLoad {
  worker: number
  rooms: number
  rtpLegs: number
  webrtcLegs: number
  recordings: number
  /** 0 … 1 of what the worker may carry; a new room is refused at 1 */
  used: number
  /** how late the 20 ms clock ran, over the last ten seconds */
  latenessP99Ms: number
}

export type LegId = string

export interface Room {
  readonly id: string
  /** Binds an RTP and an RTCP port (or one, with rtcp-mux). */
  addRtp(options?: RtpOptions): Promise<RtpLeg>
  /** Answers a browser's offer; the promise resolves with the answer as soon as candidates are known. */
  addWebRtc(offerSdp: string): Promise<WebRtcLeg>
  /**
   * Who hears whom, as gains (1 = as it came, 0 = not at all). Pairs not named keep what they had; a leg
   * that has just been added hears nobody and is heard by nobody.
   */
  setHearing(pairs: Hearing[]): void
  /**
   * Records to a stereo WAV at `file`: on the left what the legs in `left` say (and what is played to them is
   * on the right), on the right what the legs in `right` say. Legs may be added later. Streamed to disk once a
   * second with a header that is valid at every moment, so a killed process leaves a file that plays.
   */
  record(file: string, sides: { left: LegId[]; right: LegId[] }): Promise<Recording>
  close(): Promise<void>
  /** the worker died: every leg of the room is gone. Called once. */
  onLost?: (reason: string) => void
}

export interface Hearing {
  listener: LegId
  speaker: LegId
  gain: number
}

export interface RtpOptions {
  /** codecs in order of preference; default PCMA, PCMU */
  codecs?: Codec[]
}
export type Codec = 'PCMA' | 'PCMU'

export interface Leg {
  readonly id: LegId
  /**
   * Plays to this leg. What was playing ends (`ended` with `replaced`), unless `over` is set: then it is
   * mixed over what plays, which is lowered meanwhile (an announcement over music).
   */
  play(source: PlaySource, options?: PlayOptions): Playback
  stopPlaying(): void
  /** Telephone keys to the other end: RFC 4733 where agreed, else tones in the audio. 0-9 * # A-D */
  sendDigits(digits: string): void
  /** 100 ms chunks of what this leg says go to `onAudio`, or stop going there. */
  tap(on: boolean): void
  /** Speech detection, with the echo of what is played taken out while something plays. */
  detectSpeech(on: boolean): void
  stats(): Promise<LegStats>
  close(): void
  /** one press of a key, at its beginning; the same press is told once, however often it was sent */
  onDigit?: (digit: string) => void
  onAudio?: (pcm: Int16Array) => void
  onSpeech?: (speaking: boolean) => void
  /** nothing has arrived for this long, or the transport failed; told once until something arrives again */
  onSilentLine?: (silentMs: number) => void
  /** browser legs: the peer connection came up, or ended */
  onConnected?: (connected: boolean) => void
}

export type HoldDirection = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive'

export interface RtpLeg extends Leg {
  /** Our offer, as for an outgoing call, a late offer or a change of direction. Raises the version of the origin line. */
  offer(direction?: HoldDirection): string
  /** The other end's answer to the last offer. @throws YiluError BAD_SDP */
  accept(answerSdp: string): { theirDirection: HoldDirection }
  /** Our answer to their offer. @throws YiluError BAD_SDP, NO_COMMON_CODEC */
  answer(offerSdp: string): { sdp: string; theirDirection: HoldDirection }
}

export interface WebRtcLeg extends Leg {
  readonly answerSdp: string
}

export type PlaySource =
  /** WAV (PCM16, A-law or µ-law, 8 kHz) or headerless PCM16 with the extension .pcm; several play one after the other */
  | { files: string[] }
  /** PCM that is still being made, e.g. by TTS; ends when the iterable ends */
  | { stream: AsyncIterable<Int16Array> }
  /** frequencies in Hz, on and off once, with `loop` for ever; e.g. GB/T 3380 busy tone 450 Hz 350/350 ms */
  | { tone: { hz: number[]; onMs: number; offMs: number; level?: number } }
  | { silenceMs: number }

export interface PlayOptions {
  loop?: boolean
  /** 1 = as recorded */
  gain?: number
  over?: boolean
  /** start that many ms into the source */
  fromMs?: number
}

export type PlayEnd = 'finished' | 'stopped' | 'replaced' | 'failed' | 'closed'

export interface Playback {
  /** resolves when it no longer plays; never rejects */
  readonly ended: Promise<PlayEnd>
  pause(): void
  resume(): void
  stop(): void
}

export interface Recording {
  readonly file: string
  /** a leg came to a side */
  add(side: 'left' | 'right', leg: LegId): void
  /** silence is written instead, e.g. while a card number is given */
  pause(on: boolean): void
  /** closes the file. @returns its length, also of one that has ended by itself */
  stop(): Promise<{ durationMs: number; bytes: number }>
  /** it ended by itself: the disk failed or is full, or it reached its longest time. The call goes on. */
  onFailed?: (reason: string) => void
}

export interface LegStats {
  packetsReceived: number
  packetsLost: number
  packetsLate: number
  packetsSent: number
  jitterMs: number
  /** as the other end reports by RTCP */
  remoteLost?: number
  remoteJitterMs?: number
  roundTripMs?: number
  codec?: Codec
}
