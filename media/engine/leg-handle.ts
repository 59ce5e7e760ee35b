import type { Leg, LegStats, PlayOptions, PlaySource, Playback } from '../media.ts'
import type { Command, LegEvent, WorkerSource } from './messages.ts'
import { PlaybackHandle } from './playback-handle.ts'
import type { WorkerThread } from './worker-thread.ts'

let lastPlayback = 0

/** What every leg does, seen from the main thread. After its end all of it does nothing. */
export class LegHandle implements Leg {
  readonly id: string
  onDigit?: (digit: string) => void
  onAudio?: (pcm: Int16Array) => void
  onSpeech?: (speaking: boolean) => void
  onSilentLine?: (silentMs: number) => void
  onConnected?: (connected: boolean) => void
  protected readonly thread: WorkerThread
  private readonly playbacks = new Map<string, PlaybackHandle>()
  private readonly closed: () => void
  protected isClosed = false

  constructor(id: string, thread: WorkerThread, closed: () => void) {
    this.id = id
    this.thread = thread
    this.closed = closed
  }

  play(source: PlaySource, options: PlayOptions = {}): Playback {
    const id = `playback-${++lastPlayback}`
    const stream = 'stream' in source ? source.stream : undefined
    const send = (command: Command, transfer?: ArrayBuffer[]) => this.send(command, transfer)
    const playback = new PlaybackHandle(id, this.id, send, this.isClosed ? undefined : stream)
    if (this.isClosed) playback.finish('closed')
    else {
      this.playbacks.set(id, playback)
      send({ kind: 'play', leg: this.id, playback: id, source: toWorker(source), options })
    }
    return playback
  }

  stopPlaying(): void {
    this.send({ kind: 'stopPlaying', leg: this.id })
  }

  sendDigits(digits: string): void {
    this.send({ kind: 'digits', leg: this.id, digits })
  }

  tap(on: boolean): void {
    this.send({ kind: 'tap', leg: this.id, on })
  }

  detectSpeech(on: boolean): void {
    this.send({ kind: 'detectSpeech', leg: this.id, on })
  }

  stats(): Promise<LegStats> {
    return this.thread.request({ kind: 'stats', leg: this.id })
  }

  close(): void {
    this.send({ kind: 'closeLeg', leg: this.id })
    this.end()
  }

  /** The leg is gone, by us or with its worker. */
  end(): void {
    if (this.isClosed) return
    this.isClosed = true
    for (const playback of this.playbacks.values()) playback.finish('closed')
    this.playbacks.clear()
    this.closed()
  }

  receive(event: LegEvent): void {
    if (this.isClosed) return
    switch (event.kind) {
      case 'digit':
        return this.onDigit?.(event.digit)
      case 'audio':
        return this.onAudio?.(event.pcm)
      case 'speech':
        return this.onSpeech?.(event.speaking)
      case 'silentLine':
        return this.onSilentLine?.(event.silentMs)
      case 'connected':
        return this.onConnected?.(event.connected)
      case 'consumed':
        return this.playbacks.get(event.playback)?.consumed(event.samples)
      case 'ended':
        this.playbacks.get(event.playback)?.finish(event.end)
        this.playbacks.delete(event.playback)
    }
  }

  protected send(command: Command, transfer?: ArrayBuffer[]): void {
    if (!this.isClosed) this.thread.command(command, transfer)
  }
}

function toWorker(source: PlaySource): WorkerSource {
  if ('files' in source) return { kind: 'files', files: source.files }
  if ('tone' in source) return { kind: 'tone', ...source.tone }
  if ('stream' in source) return { kind: 'stream' }
  return { kind: 'silence', silenceMs: source.silenceMs }
}
