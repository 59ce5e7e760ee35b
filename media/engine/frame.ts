/** Audio inside the engine: 16-bit linear PCM, mono, 8000 Hz, in frames of 20 ms. */
export const FRAME_MS = 20
export const FRAME = 160
export const SAMPLES_PER_MS = 8

export const SILENCE: Int16Array = new Int16Array(FRAME)

export const saturate = (sample: number): number =>
  sample > 32_767 ? 32_767 : sample < -32_768 ? -32_768 : sample

/** Adds `pcm` times `gain` to `sum` (32 bits wide, so that nothing is clipped before the end). */
export function addTo(sum: Int32Array, pcm: Int16Array, gain: number): void {
  if (gain === 1) for (let i = 0; i < FRAME; i++) sum[i]! += pcm[i]!
  else for (let i = 0; i < FRAME; i++) sum[i]! += pcm[i]! * gain
}
