/**
 * The console's telephone: keeps a line into each call that wants one, and into no other. It follows the
 * desk's state, so a reload, a transfer or the end of a call need no word of their own.
 */
import type { DeskCommand, LineResult } from '../../../../gateway/desk/protocol.ts'
import type { Timers } from '../link/connection.ts'
import type { DeskState } from '../state.ts'
import type { Devices } from './devices.ts'
import { Line } from './line.ts'
import type { LineTrack, LineView } from './line.ts'
import { partyOf } from './parties.ts'
import type { Peer } from './peer.ts'
import { wantedLines } from './wantedLines.ts'

export interface SoftphonePorts<Track extends LineTrack = MediaStreamTrack, Stream = MediaStream> {
  myId: string
  desk: {
    readonly state: DeskState
    subscribe(listener: () => void): () => void
    request(command: DeskCommand): Promise<unknown>
  }
  timers: Timers
  microphone(deviceId: string | undefined): Promise<Track>
  peer(): Peer<Track, Stream>
  /** makes a far end heard; undefined: silence */
  play(conversationId: string, stream: Stream | undefined, speaker: string | undefined): void
  devices: { load(): Devices; save(devices: Devices): void }
}

export interface PhoneState<Stream = MediaStream> {
  lines: Record<string, LineView<Stream>>
  devices: Devices
  /** another window of this browser has the telephone; two would take each other's line in turns */
  elsewhere: boolean
}

/** The device test's own line, on which one hears oneself. */
export const TEST_LINE = 'test'
/** A last word or the tone of the far end's hanging up is still heard. */
const LINGER_MS = 3000
const IDLE: LineView<never> = { state: 'idle' }

export class Softphone<Track extends LineTrack = MediaStreamTrack, Stream = MediaStream> {
  readonly #ports: SoftphonePorts<Track, Stream>
  readonly #lines = new Map<string, Line<Track, Stream>>()
  readonly #closing = new Map<string, unknown>()
  readonly #listeners = new Set<() => void>()
  /** conversations stepped into without serving them: asked by a colleague, or supervised */
  readonly #joined = new Set<string>()
  readonly #muted = new Map<string, boolean>()
  #testing = false
  #online = false
  #state: PhoneState<Stream>
  readonly #leave: () => void

  constructor(ports: SoftphonePorts<Track, Stream>) {
    this.#ports = ports
    // silent until the browser says that no other window has the telephone
    this.#state = { lines: {}, devices: ports.devices.load(), elsewhere: true }
    this.#leave = ports.desk.subscribe(() => this.#follow())
    this.#follow()
  }

  get state(): PhoneState<Stream> {
    return this.#state
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  line(conversationId: string): LineView<Stream> {
    return this.#state.lines[conversationId] ?? IDLE
  }

  /** The browser gave this window the telephone, or took it away for another. */
  own(on: boolean): void {
    this.#change({ elsewhere: !on })
    this.#follow()
  }

  stop(): void {
    this.#leave()
    for (const id of [...this.#lines.keys()]) this.#close(id, false)
    this.#listeners.clear()
  }

  /** Steps into a call that somebody else serves. */
  join(conversationId: string): void {
    this.#joined.add(conversationId)
    this.#follow()
  }

  leave(conversationId: string): void {
    this.#joined.delete(conversationId)
    this.#follow()
  }

  /** The line of a call, once the server knows of it; for what only works with one, like listening in. */
  signalled(conversationId: string): Promise<void> {
    const ready = () => {
      const { state, fault } = this.line(conversationId)
      return state === 'connected' || state === 'idle' || fault !== undefined
    }
    return new Promise((resolve) => {
      const check = () => {
        if (!ready()) return
        leave()
        resolve()
      }
      const leave = this.subscribe(check)
      check()
    })
  }

  /** Silence begins here at once, whatever the network does; the server is told so that others see it. */
  async mute(conversationId: string, on: boolean): Promise<void> {
    this.#muted.set(conversationId, on)
    this.#follow()
    await this.#ports.desk.request({ do: 'mute', conversationId, on })
  }

  isMuted(conversationId: string): boolean {
    const call = this.#ports.desk.state.calls[conversationId]
    const told = call && partyOf(call, this.#ports.myId)?.muted
    return this.#muted.get(conversationId) ?? told ?? false
  }

  /** The microphone was allowed, or somebody pressed "again". */
  retry(): void {
    for (const line of this.#lines.values()) if (line.view.state === 'lost') line.open()
  }

  test(on: boolean): void {
    this.#testing = on
    this.#follow()
  }

  choose(devices: Devices): void {
    const before = this.#state.devices
    this.#ports.devices.save(devices)
    this.#change({ devices })
    for (const [id, line] of this.#lines) {
      if (devices.microphone !== before.microphone) void line.changeMicrophone()
      if (devices.speaker !== before.speaker) this.#hear(id, line.view)
    }
  }

  #follow(): void {
    const { desk, myId } = this.#ports
    const wanted: Record<string, 'prepared' | 'talking'> = this.#state.elsewhere
      ? {}
      : wantedLines(desk.state, myId, this.#joined)
    if (this.#testing) wanted[TEST_LINE] = 'talking'

    for (const id of this.#joined)
      if (desk.state.calls[id]?.phase === 'ended') this.#joined.delete(id)
    for (const [id, on] of this.#muted) {
      const call = desk.state.calls[id]
      const told = call && partyOf(call, myId)?.muted
      if (told === on || !call || call.phase === 'ended') this.#muted.delete(id)
    }
    for (const [id, how] of Object.entries(wanted)) {
      const line = this.#lines.get(id) ?? this.#open(id)
      this.#ports.timers.clear(this.#closing.get(id))
      this.#closing.delete(id)
      line.speak(how === 'talking' && !this.isMuted(id))
    }
    for (const [id, line] of this.#lines) {
      if (wanted[id]) continue
      line.speak(false)
      const ended = desk.state.calls[id]?.phase === 'ended'
      if (!ended) this.#close(id)
      else if (!this.#closing.has(id))
        this.#closing.set(
          id,
          this.#ports.timers.set(() => this.#close(id), LINGER_MS),
        )
    }
    const online = desk.state.link === 'online'
    if (online && !this.#online) this.#reopenBroken()
    this.#online = online
  }

  /** The link is back: what could not be signalled meanwhile need not wait for its next try. */
  #reopenBroken(): void {
    for (const line of this.#lines.values()) {
      const { state, fault } = line.view
      if (state === 'lost' && fault?.kind === 'network') line.open()
    }
  }

  #open(id: string): Line<Track, Stream> {
    const { desk, timers, microphone, peer } = this.#ports
    const line = new Line<Track, Stream>({
      microphone: () => microphone(this.#state.devices.microphone),
      peer,
      signal: async (sdp) => {
        const result = await desk.request({ do: 'line', conversationId: id, sdp })
        return (result as LineResult).sdp
      },
      timers,
      onChange: (view) => {
        if (this.#lines.get(id) !== line) return
        const before = this.line(id)
        this.#change({ lines: { ...this.#state.lines, [id]: view } })
        if (view.remote !== before.remote) this.#hear(id, view)
      },
    })
    this.#lines.set(id, line)
    line.open()
    return line
  }

  #close(id: string, tell = true): void {
    const line = this.#lines.get(id)
    this.#ports.timers.clear(this.#closing.get(id))
    this.#closing.delete(id)
    if (!line) return
    this.#lines.delete(id)
    line.close()
    this.#hear(id, IDLE)
    const lines = { ...this.#state.lines }
    delete lines[id]
    this.#change({ lines })
    // the window that has the telephone now has a line of its own there
    if (tell && !(this.#state.elsewhere && id !== TEST_LINE))
      this.#ports.desk.request({ do: 'lineDown', conversationId: id }).catch(() => undefined)
  }

  #hear(id: string, view: LineView<Stream>): void {
    this.#ports.play(id, view.remote, this.#state.devices.speaker)
  }

  #change(more: Partial<PhoneState<Stream>>): void {
    this.#state = { ...this.#state, ...more }
    for (const listener of [...this.#listeners]) listener()
  }
}
