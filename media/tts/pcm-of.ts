import { readWavHeader } from '../prompts/wav-header.ts'

/** Samples of PCM16 bytes, with or without a WAV header in front. */
export function pcmOf(bytes: Buffer): Int16Array {
  const header = readWavHeader(bytes)
  const from = header?.dataFrom ?? 0
  const length = Math.min(bytes.length - from, header?.dataBytes ?? Infinity) & ~1
  const samples = new Int16Array(length / 2)
  for (let i = 0; i < samples.length; i++) samples[i] = bytes.readInt16LE(from + 2 * i)
  return samples
}
