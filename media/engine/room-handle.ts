import { fail } from '../../gateway/errors.ts'
import type { Hearing, LegId, Recording, Room, RtpLeg, RtpOptions, WebRtcLeg } from '../media.ts'
import type { LegHandle } from './leg-handle.ts'
import { RecordingHandle } from './recording-handle.ts'
import { RtpLegHandle } from './rtp-leg-handle.ts'
import { WebRtcLegHandle } from './webrtc-leg-handle.ts'
import type { WorkerThread } from './worker-thread.ts'

let lastId = 0
const newId = (kind: string) => `${kind}-${++lastId}`

/** Whose events a worker tells. */
export interface Directory {
  legs: Map<LegId, LegHandle>
  recordings: Map<string, RecordingHandle>
}

/** What the rooms of a worker weigh; the legs count from when they are asked for. */
export interface RoomWeight {
  rtpLegs: number
  webrtcLegs: number
  recordings: number
}

/** A room, seen from the main thread. Once it has ended, all its handles do nothing. */
export class RoomHandle implements Room {
  readonly id = newId('room')
  onLost?: (reason: string) => void
  readonly weight: RoomWeight = { rtpLegs: 0, webrtcLegs: 0, recordings: 0 }
  private readonly thread: WorkerThread
  private readonly address: string
  private readonly ended: () => void
  private readonly legs = new Map<LegId, LegHandle>()
  private readonly directory: Directory
  private hasEnded = false

  constructor(thread: WorkerThread, directory: Directory, address: string, ended: () => void) {
    this.thread = thread
    this.directory = directory
    this.address = address
    this.ended = ended
    thread.command({ kind: 'openRoom', room: this.id })
  }

  async addRtp(options: RtpOptions = {}): Promise<RtpLeg> {
    this.mustBeOpen()
    const leg = newId('leg')
    const codecs = options.codecs?.length ? options.codecs : (['PCMA', 'PCMU'] as const)
    this.weight.rtpLegs++
    try {
      const request = { kind: 'addRtp', room: this.id, leg, codec: codecs[0]! } as const
      const { port } = await this.thread.request(request)
      this.mustBeOpen()
      const closed = () => this.forget(leg, 'rtpLegs')
      return this.keep(
        new RtpLegHandle(leg, this.thread, closed, {
          address: this.address,
          port,
          codecs: [...codecs],
        }),
      )
    } catch (error) {
      this.weight.rtpLegs--
      throw error
    }
  }

  async addWebRtc(offerSdp: string): Promise<WebRtcLeg> {
    this.mustBeOpen()
    const leg = newId('leg')
    this.weight.webrtcLegs++
    try {
      const request = { kind: 'addWebRtc', room: this.id, leg, offerSdp } as const
      const { answerSdp } = await this.thread.request(request)
      this.mustBeOpen()
      const closed = () => this.forget(leg, 'webrtcLegs')
      return this.keep(new WebRtcLegHandle(leg, this.thread, closed, answerSdp))
    } catch (error) {
      this.weight.webrtcLegs--
      throw error
    }
  }

  setHearing(pairs: Hearing[]): void {
    this.thread.command({ kind: 'hearing', room: this.id, pairs })
  }

  async record(file: string, sides: { left: LegId[]; right: LegId[] }): Promise<Recording> {
    this.mustBeOpen()
    const id = newId('recording')
    await this.thread.request({ kind: 'record', room: this.id, recording: id, file, sides })
    const recording = new RecordingHandle(id, this.id, file, this.thread, () => {
      if (this.directory.recordings.delete(id)) this.weight.recordings--
    })
    this.directory.recordings.set(id, recording)
    this.weight.recordings++
    return recording
  }

  async close(): Promise<void> {
    if (this.hasEnded) return
    this.end()
    await this.thread.request({ kind: 'closeRoom', room: this.id }).catch(() => undefined)
  }

  /** the worker died */
  lose(reason: string): void {
    if (this.hasEnded) return
    this.end()
    this.onLost?.(reason)
  }

  private end(): void {
    this.hasEnded = true
    for (const leg of [...this.legs.values()]) leg.end()
    this.ended()
  }

  private mustBeOpen(): void {
    if (this.hasEnded) fail('NO_CALL')
  }

  private keep<L extends LegHandle>(leg: L): L {
    this.legs.set(leg.id, leg)
    this.directory.legs.set(leg.id, leg)
    return leg
  }

  private forget(leg: LegId, kind: 'rtpLegs' | 'webrtcLegs'): void {
    if (this.legs.delete(leg)) this.weight[kind]--
    this.directory.legs.delete(leg)
  }
}
