/**
 * Tones of Chinese exchanges, GB/T 3380: 450 Hz ± 25 Hz, told apart by their rhythm; at −10 dBm0, as
 * `PlaySource.tone`, to be played with `loop`. The beep before a recording is played once.
 */
export interface SignalTone {
  hz: number[]
  onMs: number
  offMs: number
  /** share of full scale */
  level: number
}

/** 0 dBm0 is a sine 3.14 dB below full scale (G.711) */
const LEVEL = 10 ** ((-10 - 3.14) / 20)

const tone = (onMs: number, offMs: number, hz = [450]): SignalTone => ({
  hz,
  onMs,
  offMs,
  level: LEVEL,
})

export const tones = {
  /** 拨号音 */
  dial: tone(1000, 0),
  /** 回铃音: the other end rings */
  ringback: tone(1000, 4000),
  /** 忙音 */
  busy: tone(350, 350),
  /** 拥塞音: no line is free */
  congestion: tone(700, 700),
  /** 空号音 begins with these; spoken words follow */
  vacant: tone(100, 100),
  /** 呼叫等待音 */
  callWaiting: tone(400, 4000),
  /** before a message is recorded */
  beep: tone(500, 100, [1000]),
}

/** One round of a tone, PCM16 at 8 kHz, with 5 ms ramps that keep it from clicking. */
export function toneSamples({ hz, onMs, offMs, level }: SignalTone): Int16Array {
  const sounding = onMs * 8
  const ramp = 40
  const samples = new Int16Array(sounding + offMs * 8)
  for (let i = 0; i < sounding; i++) {
    const edge = offMs ? Math.min(1, i / ramp, (sounding - i) / ramp) : 1
    let sum = 0
    for (const frequency of hz) sum += Math.sin((2 * Math.PI * frequency * i) / 8000)
    samples[i] = Math.round((sum / hz.length) * level * edge * 32_767)
  }
  return samples
}
