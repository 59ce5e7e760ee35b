import { FRAME, addTo } from './frame.ts'
import type { Leg } from './leg.ts'
import type { Side } from './messages.ts'
import type { Recorder } from './recorder.ts'

/** Which legs are heard on which side of a recording. */
export class RecordingSides {
  readonly recorder: Recorder
  private readonly sides: Record<Side, Set<Leg>> = { left: new Set(), right: new Set() }
  private readonly left = new Int32Array(FRAME)
  private readonly right = new Int32Array(FRAME)

  constructor(recorder: Recorder) {
    this.recorder = recorder
  }

  add(side: Side, leg: Leg): void {
    this.sides[side].add(leg)
  }

  remove(leg: Leg): void {
    this.sides.left.delete(leg)
    this.sides.right.delete(leg)
  }

  tick(): void {
    const { left, right, sides } = this
    left.fill(0)
    right.fill(0)
    for (const leg of sides.left) {
      if (leg.incoming.kind !== 'silence') addTo(left, leg.incoming.pcm(), 1)
      if (leg.played) addTo(right, leg.played, 1)
    }
    for (const leg of sides.right) {
      if (leg.incoming.kind !== 'silence') addTo(right, leg.incoming.pcm(), 1)
    }
    this.recorder.add(left, right)
  }
}
