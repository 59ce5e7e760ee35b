/**
 * The console's own line into one call. It asks for the microphone, connects, and comes back by itself for
 * as long as it is wanted; whoever holds it decides how long that is.
 */
import type { WireError } from '../../../../gateway/errors.ts'
import { ApiError } from '../../api/error.ts'
import type { Timers } from '../link/connection.ts'
import { NoMicrophone } from './microphone.ts'
import type { MicrophoneFault } from './microphone.ts'
import type { Peer } from './peer.ts'

export type LineFault =
  | { kind: 'microphone'; why: MicrophoneFault }
  /** nothing comes through: a firewall, or the network is gone */
  | { kind: 'network' }
  | { kind: 'server'; error: Pick<WireError, 'zh' | 'en'> }

export interface LineView<Stream = MediaStream> {
  state: 'idle' | 'askingMicrophone' | 'connecting' | 'connected' | 'lost'
  /** set while lost, and while connecting again after it */
  fault?: LineFault
  /** open and sending; for the level meter */
  track?: LineTrack
  /** what the far end sends */
  remote?: Stream
}

/** The part of a MediaStreamTrack used here. */
export interface LineTrack {
  enabled: boolean
  stop(): void
  onended: ((this: MediaStreamTrack, event: Event) => unknown) | null
}

export interface LinePorts<Track extends LineTrack = MediaStreamTrack, Stream = MediaStream> {
  microphone(): Promise<Track>
  peer(): Peer<Track, Stream>
  /** tells the server of our offer. @returns its answer */
  signal(sdp: string): Promise<string>
  timers: Timers
  onChange(view: LineView<Stream>): void
}

const FIRST_RETRY_MS = 500
const LAST_RETRY_MS = 5000
/** Browsers wait some 5 s before they say so; ICE may still mend it, a new line costs half a second. */
const DISCONNECTED_MS = 1500
/** neither connected nor failed: packets go nowhere */
const CONNECT_WITHIN_MS = 8000

export class Line<Track extends LineTrack = MediaStreamTrack, Stream = MediaStream> {
  readonly #ports: LinePorts<Track, Stream>
  #view: LineView<Stream> = { state: 'idle' }
  #speaking = false
  #track: Track | undefined
  #peer: Peer<Track, Stream> | undefined
  #attempt = 0
  /** what an older round still waits for does not count any more */
  #round = 0
  #timer: unknown
  #closed = false

  constructor(ports: LinePorts<Track, Stream>) {
    this.#ports = ports
  }

  get view(): LineView<Stream> {
    return this.#view
  }

  /** Opens it, or opens it anew at once: after the microphone was allowed, or the network came back. */
  open(): void {
    if (this.#closed) return
    this.#drop()
    void this.#connect(this.#round)
  }

  /** Whether one's voice goes out. Without it the line stands ready and silent. */
  speak(on: boolean): void {
    this.#speaking = on
    if (this.#track) this.#track.enabled = on
  }

  /** Another microphone was chosen, or the one in use was unplugged. */
  async changeMicrophone(): Promise<void> {
    if (this.#closed || !this.#track) return
    const round = this.#round
    try {
      const track = await this.#ports.microphone()
      if (round !== this.#round) return track.stop()
      this.#take(track)
      await this.#peer?.replace(track)
      this.#show({ ...this.#view, track })
    } catch (error) {
      if (round === this.#round) this.#fail(error)
    }
  }

  close(): void {
    this.#closed = true
    this.#drop()
    this.#release()
    this.#show({ state: 'idle' })
  }

  async #connect(round: number): Promise<void> {
    const stale = () => round !== this.#round
    const { fault } = this.#view
    try {
      if (!this.#track) {
        this.#show({ state: 'askingMicrophone' })
        const track = await this.#ports.microphone()
        if (stale()) return track.stop()
        this.#take(track)
      }
      const track = this.#track as Track
      this.#show({ state: 'connecting', track, ...(fault && { fault }) })
      const peer = this.#ports.peer()
      this.#peer = peer
      peer.onAudio = (remote) => this.#show({ ...this.#view, remote })
      peer.onState = (state) => this.#peerChanged(state)
      const offer = await peer.offer(track)
      if (stale()) return
      const answer = await this.#ports.signal(offer)
      if (stale()) return
      this.#later(CONNECT_WITHIN_MS, () => this.#fail(undefined))
      await peer.accept(answer)
    } catch (error) {
      if (!stale()) this.#fail(error)
    }
  }

  #peerChanged(state: 'connected' | 'disconnected' | 'failed'): void {
    if (state === 'failed') return this.#fail(undefined)
    if (state === 'disconnected') return this.#later(DISCONNECTED_MS, () => this.#fail(undefined))
    this.#ports.timers.clear(this.#timer)
    this.#attempt = 0
    const { remote, track } = this.#view
    this.#show({ state: 'connected', ...(track && { track }), ...(remote && { remote }) })
  }

  /** Without a microphone a person has to act; everything else is tried again, ever more slowly. */
  #fail(error: unknown): void {
    this.#drop()
    const fault = faultOf(error)
    if (fault.kind === 'microphone') this.#release()
    this.#show({ state: 'lost', fault, ...(this.#track && { track: this.#track }) })
    if (fault.kind === 'microphone') return
    const waitMs = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.#attempt++)
    this.#later(waitMs, () => void this.#connect(this.#round))
  }

  #take(track: Track): void {
    this.#release()
    this.#track = track
    track.enabled = this.#speaking
    track.onended = () => void this.changeMicrophone()
  }

  #release(): void {
    if (!this.#track) return
    this.#track.onended = null
    this.#track.stop()
    this.#track = undefined
  }

  #drop(): void {
    this.#round += 1
    this.#ports.timers.clear(this.#timer)
    const peer = this.#peer
    this.#peer = undefined
    if (!peer) return
    delete peer.onState
    delete peer.onAudio
    peer.close()
  }

  #later(ms: number, then: () => void): void {
    this.#ports.timers.clear(this.#timer)
    this.#timer = this.#ports.timers.set(then, ms)
  }

  #show(view: LineView<Stream>): void {
    this.#view = view
    this.#ports.onChange(view)
  }
}

function faultOf(error: unknown): LineFault {
  if (error instanceof NoMicrophone) return { kind: 'microphone', why: error.why }
  if (error instanceof ApiError && error.code !== 'OFFLINE')
    return { kind: 'server', error: { zh: error.zh, en: error.en } }
  return { kind: 'network' }
}
