import { fail } from '../../gateway/errors.ts'
import { Resampler } from './resampler.ts'
import type { Sound } from './sound.ts'

export const RATE_HZ = 8000
export const MAX_AUDIO_SECONDS = 600

/** All of a sound at 8 kHz. @throws YiluError TOO_LARGE beyond ten minutes; what its decoder throws */
export async function telephoneRate(sound: Sound): Promise<Float32Array> {
  const parts: Float32Array[] = []
  let length = 0
  let seconds = 0
  let rateHz = 0
  let resampler: Resampler | undefined
  const put = (part: Float32Array) => {
    // a filter gives a sample too many at its end
    const fitting = part.subarray(0, Math.max(0, Math.round(seconds * RATE_HZ) - length))
    parts.push(fitting)
    length += fitting.length
  }
  const finish = () => resampler && put(resampler.flush())
  for await (const { sampleRate, samples } of sound) {
    if (sampleRate !== rateHz) {
      finish()
      if (!(sampleRate >= 1000 && sampleRate <= 384_000)) fail('UNSUPPORTED_AUDIO', { sampleRate })
      rateHz = sampleRate
      resampler = rateHz === RATE_HZ ? undefined : new Resampler(rateHz, RATE_HZ)
    }
    seconds += samples.length / sampleRate
    if (seconds > MAX_AUDIO_SECONDS) fail('TOO_LARGE', { maxSeconds: MAX_AUDIO_SECONDS })
    put(resampler ? resampler.push(samples) : samples)
  }
  finish()
  const all = new Float32Array(length)
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
