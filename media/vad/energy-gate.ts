/** Power of one frame, as the mean square of its samples. */
export function power(frame: Int16Array): number {
  let sum = 0
  for (const sample of frame) sum += sample * sample
  return sum / (frame.length || 1)
}

export interface EnergyGate {
  /** @param framePower mean square of a frame of 20 ms. @returns whether it is worth a closer look */
  open(framePower: number): boolean
  reset(): void
}

/** RMS 58, -55 dBFS: nobody who speaks into a telephone is quieter */
const QUIETEST = 58 ** 2
/** 3 dB above the floor. Speech at 5 dB above the noise stands 6 dB over it; frames of mere noise vary by 0.5 dB */
const ABOVE_FLOOR = 2
/** a floor learnt from a louder moment sinks by half in two frames … */
const SINK = 0.3
/** … and climbs by 4.3 dB a second, so that a few words do not lift it */
const CLIMB = 1.02
/** open for so long after the last loud frame: the soft end of a word */
export const HANG_OVER_MS = 240
const HANG_OVER_FRAMES = HANG_OVER_MS / 20

/** A cheap first look (0.1 ms per second of sound) that spares quiet lines the cost of Silero. */
export function createEnergyGate(): EnergyGate {
  let floor = QUIETEST
  let hangOver = 0
  return {
    open(framePower) {
      floor = framePower < floor ? floor + SINK * (framePower - floor) : floor * CLIMB
      floor = Math.max(floor, QUIETEST / ABOVE_FLOOR)
      if (framePower > floor * ABOVE_FLOOR) hangOver = HANG_OVER_FRAMES
      else if (hangOver > 0) hangOver--
      return hangOver > 0
    },
    reset() {
      floor = QUIETEST
      hangOver = 0
    },
  }
}
