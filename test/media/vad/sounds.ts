import { g711 } from '../../../media/codecs/g711.ts'

/** All sounds are PCM16 at 8 kHz. */
const RATE = 8000
const samples = (ms: number) => Math.round((ms * RATE) / 1000)

export const silence = (ms: number) => new Int16Array(samples(ms))

/** Several frequencies at once, each at the given peak. */
export function tones(ms: number, hz: number[], peak: number): Int16Array {
  const step = hz.map((one) => (2 * Math.PI * one) / RATE)
  return Int16Array.from({ length: samples(ms) }, (_, n) =>
    Math.round(step.reduce((sum, w) => sum + peak * Math.sin(w * n), 0)),
  )
}

/** White noise, the same for the same seed. @param rms of 32,768 */
export function noise(ms: number, rms: number, seed = 1): Int16Array {
  let state = seed
  const uniform = () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    return state / 0x7fffffff
  }
  // the sum of twelve is nearly normal, with a deviation of 1
  const normal = () => Array.from({ length: 12 }, uniform).reduce((a, b) => a + b, -6)
  return Int16Array.from({ length: samples(ms) }, () => Math.round(rms * normal()))
}

/**
 * A hum like a vowel: pulses of a voice of 120 Hz with a melody, through two resonances, by arithmetic alone, so
 * that it is the same everywhere.
 */
export function vowel(ms: number): Int16Array {
  return Int16Array.from({ length: samples(ms) }, (_, n) => {
    const t = n / RATE
    const phase = 2 * Math.PI * (120 * t + 3 * Math.sin(2 * Math.PI * 2 * t))
    let sum = 0
    for (let k = 1; k <= 25; k++) {
      const hz = k * 120
      const gain = 1 / (1 + ((hz - 600) / 200) ** 2) + 0.5 / (1 + ((hz - 1200) / 250) ** 2)
      sum += gain * Math.sin(k * phase)
    }
    const syllables = Math.max(0, Math.sin(2 * Math.PI * 3 * t))
    return Math.round(3000 * syllables * sum)
  })
}

export function join(...parts: Int16Array[]): Int16Array {
  const all = new Int16Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

/** @param atMs where the second sound begins in the first */
export function mix(a: Int16Array, b: Int16Array, atMs = 0): Int16Array {
  const start = samples(atMs)
  const all = new Int16Array(Math.max(a.length, start + b.length))
  all.set(a)
  b.forEach((sample, n) => (all[start + n] = limit(all[start + n]! + sample)))
  return all
}

/** @param dB level of the loud part of it, relative to full scale */
export function atLevel(pcm: Int16Array, dB: number): Int16Array {
  const loud = pcm.filter((sample) => Math.abs(sample) > 100)
  const power = loud.reduce((sum, sample) => sum + sample * sample, 0) / (loud.length || 1)
  const gain = (32_768 * 10 ** (dB / 20)) / Math.sqrt(power)
  return pcm.map((sample) => limit(Math.round(sample * gain)))
}

/** There and back through a telephone line. */
export function overG711(pcm: Int16Array): Int16Array {
  const wire = new Uint8Array(pcm.length)
  const heard = new Int16Array(pcm.length)
  g711.PCMA.encode(pcm, wire)
  g711.PCMA.decode(wire, heard)
  return heard
}

/** What comes back of `far`: later, weaker by `returnLossDb`, spread over 8 ms. */
export function echoOf(far: Int16Array, returnLossDb: number, delayMs: number): Int16Array {
  const path = Float64Array.from(
    { length: 64 },
    (_, n) => Math.sin(n * 1.7 + 1) * Math.exp(-n / 12),
  )
  const energy = Math.sqrt(path.reduce((sum, tap) => sum + tap * tap, 0))
  const gain = 10 ** (-returnLossDb / 20) / energy
  const first = samples(delayMs)
  const echo = new Float64Array(far.length + samples(200))
  far.forEach((sample, n) => {
    for (let k = 0; k < path.length; k++) echo[n + first + k]! += gain * path[k]! * sample
  })
  return Int16Array.from(echo, (sample) => limit(Math.round(sample)))
}

const limit = (sample: number) => Math.max(-32_768, Math.min(32_767, sample))

/** Frames of 20 ms; the last one is filled up with silence. */
export function* frames(pcm: Int16Array, size = 160): Generator<Int16Array> {
  for (let at = 0; at < pcm.length; at += size) {
    const frame = new Int16Array(size)
    frame.set(pcm.subarray(at, at + size))
    yield frame
  }
}
