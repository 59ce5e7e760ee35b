import type { Hearing } from '../media.ts'
import type { Ticking } from './frame-clock.ts'
import type { Leg } from './leg.ts'
import type { Side } from './messages.ts'
import type { Recorded, Recorder } from './recorder.ts'
import { RecordingSides } from './recording-sides.ts'

/** The legs of one call and who hears whom; ticks as one. */
export class WorkerRoom implements Ticking {
  readonly legs = new Map<string, Leg>()
  private readonly recordings = new Map<string, RecordingSides>()

  tick(): void {
    for (const leg of this.legs.values()) leg.listen()
    for (const leg of this.legs.values()) leg.prepare()
    for (const leg of this.legs.values()) leg.speak()
    for (const recording of this.recordings.values()) recording.tick()
  }

  skip(frames: number): void {
    for (const leg of this.legs.values()) leg.skip(frames)
    for (const { recorder } of this.recordings.values()) recorder.skip(frames)
  }

  setHearing(pairs: Hearing[]): void {
    for (const { listener, speaker, gain } of pairs) {
      const hears = this.legs.get(listener)
      const says = this.legs.get(speaker)
      if (hears && says) hears.setHeard(says, gain)
    }
  }

  closeLeg(id: string): void {
    const leg = this.legs.get(id)
    if (!leg) return
    this.legs.delete(id)
    for (const other of this.legs.values()) other.setHeard(leg, 0)
    for (const recording of this.recordings.values()) recording.remove(leg)
    leg.close()
  }

  addRecording(id: string, recorder: Recorder, sides: Record<Side, string[]>): void {
    this.recordings.set(id, new RecordingSides(recorder))
    for (const side of ['left', 'right'] as const) {
      for (const leg of sides[side]) this.addToRecording(id, side, leg)
    }
  }

  addToRecording(id: string, side: Side, leg: string): void {
    const found = this.legs.get(leg)
    if (found) this.recordings.get(id)?.add(side, found)
  }

  pauseRecording(id: string, on: boolean): void {
    const recording = this.recordings.get(id)
    if (recording) recording.recorder.isPaused = on
  }

  /** @returns undefined where it has ended already */
  async stopRecording(id: string): Promise<Recorded | undefined> {
    const recording = this.recordings.get(id)
    this.recordings.delete(id)
    return recording?.recorder.stop()
  }

  async close(): Promise<void> {
    for (const id of [...this.legs.keys()]) this.closeLeg(id)
    await Promise.all([...this.recordings.keys()].map((id) => this.stopRecording(id)))
  }
}
