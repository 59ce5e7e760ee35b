import { tonesOf } from './dtmf-tones.ts'
import { FRAME } from './frame.ts'
import { ToneSource } from './sources/tone-source.ts'

const ON_MS = 100
const OFF_MS = 80
/** -6 dBm0 for both frequencies together, as telephones send them */
const LEVEL = 0.35

/** Keys as tones in the audio, for lines where telephone-event was not agreed. */
export class KeyTones {
  private readonly keys: ToneSource[] = []
  private readonly frame = new Int16Array(FRAME)

  press(digits: string): void {
    for (const digit of digits) {
      const hz = tonesOf(digit)
      if (!hz) continue
      const tone = { hz, onMs: ON_MS, offMs: OFF_MS, level: LEVEL }
      this.keys.push(new ToneSource(tone, false, 0))
    }
  }

  /** @returns what is heard instead of the audio of this frame */
  next(): Int16Array | undefined {
    const [key] = this.keys
    if (!key) return undefined
    this.frame.fill(0)
    key.read(this.frame, 0)
    if (key.ended) this.keys.shift()
    return this.frame
  }
}
