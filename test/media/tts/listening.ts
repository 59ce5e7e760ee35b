import type { Spoken } from '../../../media/tts/tts.ts'

/** All samples of a stream. */
export async function heard(stream: AsyncIterable<Int16Array>): Promise<Int16Array> {
  const samples: number[] = []
  for await (const frame of stream) samples.push(...frame)
  return Int16Array.from(samples)
}

/** The stream of what is not a file yet. */
export function streamOf(spoken: Spoken): AsyncIterable<Int16Array> {
  if ('file' in spoken) throw new Error(`expected a stream, got ${spoken.file}`)
  return spoken.stream
}

/** The file of what is known already. */
export function fileOf(spoken: Spoken): string {
  if (!('file' in spoken)) throw new Error('expected a file, got a stream')
  return spoken.file
}

export const peakOf = (pcm: Int16Array) =>
  pcm.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0)

/** dBFS */
export function levelOf(pcm: Int16Array): number {
  const sum = pcm.reduce((power, sample) => power + sample * sample, 0)
  return 10 * Math.log10(sum / pcm.length / 32_768 ** 2)
}
