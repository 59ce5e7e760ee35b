import { writeWavHeader } from '../../../media/prompts/wav-header.ts'
import { sine } from '../../harness/tones.ts'

/** A file as people upload it: PCM16, mono, 8 kHz. */
export function wavOfTone(hz: number, ms: number): Buffer {
  const pcm = sine(hz, ms)
  return Buffer.concat([
    writeWavHeader(1, 8000, pcm.byteLength),
    Buffer.from(pcm.buffer, pcm.byteOffset, pcm.byteLength),
  ])
}
