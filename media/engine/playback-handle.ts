import type { PlayEnd, Playback } from '../media.ts'
import { pumpStream } from './stream-pump.ts'
import type { StreamPump } from './stream-pump.ts'
import type { Command } from './messages.ts'

type Send = (command: Command, transfer?: ArrayBuffer[]) => void

/** One playback, seen from the main thread. */
export class PlaybackHandle implements Playback {
  readonly ended: Promise<PlayEnd>
  private readonly id: string
  private readonly leg: string
  private readonly send: Send
  private readonly pump: StreamPump | undefined
  private resolve!: (end: PlayEnd) => void

  constructor(id: string, leg: string, send: Send, stream?: AsyncIterable<Int16Array>) {
    this.id = id
    this.leg = leg
    this.send = send
    this.ended = new Promise((resolve) => (this.resolve = resolve))
    this.pump =
      stream &&
      pumpStream(stream, {
        chunk: (pcm) =>
          send({ kind: 'chunk', leg, playback: id, pcm }, [pcm.buffer as ArrayBuffer]),
        end: (failed) => send({ kind: 'streamEnd', leg, playback: id, failed }),
      })
  }

  pause(): void {
    this.send({ kind: 'pausePlayback', leg: this.leg, playback: this.id, on: true })
  }

  resume(): void {
    this.send({ kind: 'pausePlayback', leg: this.leg, playback: this.id, on: false })
  }

  stop(): void {
    this.send({ kind: 'stopPlayback', leg: this.leg, playback: this.id })
  }

  consumed(samples: number): void {
    this.pump?.consumed(samples)
  }

  finish(end: PlayEnd): void {
    this.pump?.stop()
    this.resolve(end)
  }
}
