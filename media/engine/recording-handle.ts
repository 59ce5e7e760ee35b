import { stat } from 'node:fs/promises'
import type { LegId, Recording } from '../media.ts'
import { WAV_HEADER } from '../prompts/wav-header.ts'
import type { Side } from './messages.ts'
import type { WorkerThread } from './worker-thread.ts'

/** bytes of stereo PCM16 at 8 kHz in a ms */
const BYTES_PER_MS = 32

/** A recording, seen from the main thread. */
export class RecordingHandle implements Recording {
  readonly file: string
  readonly id: string
  onFailed?: (reason: string) => void
  private readonly room: string
  private readonly thread: WorkerThread
  private readonly stopped: () => void
  private result: Promise<{ durationMs: number; bytes: number }> | undefined

  constructor(id: string, room: string, file: string, thread: WorkerThread, stopped: () => void) {
    this.id = id
    this.room = room
    this.file = file
    this.thread = thread
    this.stopped = stopped
  }

  add(side: Side, leg: LegId): void {
    const { room, id: recording } = this
    this.thread.command({ kind: 'addToRecording', room, recording, side, leg })
  }

  pause(on: boolean): void {
    const { room, id: recording } = this
    this.thread.command({ kind: 'pauseRecording', room, recording, on })
  }

  stop(): Promise<{ durationMs: number; bytes: number }> {
    this.result ??= this.stopInWorker()
    return this.result
  }

  failed(reason: string): void {
    this.stopped()
    this.onFailed?.(reason)
  }

  /** Where the worker is gone or the recording had ended before, the file tells what there is. */
  private async stopInWorker(): Promise<{ durationMs: number; bytes: number }> {
    const { room, id: recording } = this
    this.stopped()
    const request = { kind: 'stopRecording', room, recording } as const
    const told = await this.thread.request(request).catch(() => undefined)
    if (told) return told
    const { size } = await stat(this.file).catch(() => ({ size: 0 }))
    return { durationMs: Math.max(0, size - WAV_HEADER) / BYTES_PER_MS, bytes: size }
  }
}
