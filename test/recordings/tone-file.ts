import { writeFile } from 'node:fs/promises'
import { writeWavHeader } from '../../media/prompts/wav-header.ts'

export const RATE = 8000

/** A stereo WAV: the left channel at one level, the right at another, as square waves. @returns its bytes */
export async function toneFile(
  file: string,
  { ms, left, right }: { ms: number; left: number; right: number },
): Promise<Buffer> {
  const frames = (ms * RATE) / 1000
  const data = Buffer.alloc(frames * 4)
  for (let frame = 0; frame < frames; frame++) {
    const sign = frame % 8 < 4 ? 1 : -1
    data.writeInt16LE(Math.round(left * 32767) * sign, frame * 4)
    data.writeInt16LE(Math.round(right * 32767) * sign, frame * 4 + 2)
  }
  const bytes = Buffer.concat([writeWavHeader(2, RATE, data.length), data])
  await writeFile(file, bytes)
  return bytes
}
