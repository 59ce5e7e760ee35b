import { fail, YiluError } from '../../gateway/errors.ts'
import { BoundedThreads, ThreadFailed } from '../../gateway/threads/bounded-threads.ts'
import type { ImportedAudio } from './as-prompt.ts'
import { audioKind } from './audio-kind.ts'

export type { ImportedAudio } from './as-prompt.ts'
export { MAX_AUDIO_SECONDS } from './telephone-rate.ts'

/** ten minutes of 48 kHz, stereo, 24 bit */
export const MAX_AUDIO_BYTES = 180 * 1024 * 1024

/** Ten minutes take 2.4 s (WAV, 48 kHz) to 6 s (Opus) here, and 60 MB, none of it at once in the heap of V8. */
const threads = new BoundedThreads<Uint8Array, ImportedAudio>({
  source: new URL('./import-thread.ts', import.meta.url),
  bundle: new URL('./audio-thread.js', import.meta.url),
  heapMb: 256,
  timeoutMs: 30_000,
  atATime: 2,
  waiting: 50,
})

/**
 * A recording as a prompt: any WAV (rate, width, channels), MP3, FLAC, Ogg (Vorbis, Opus), WebM with Opus as
 * browsers record it, or AMR; mixed to one channel, filtered to the telephone's band, brought to the level of all
 * prompts with its peaks kept below −3 dBFS. A file that breaks off is taken up to there. It is done in a thread
 * with bounds, so calls go on whatever is in the file.
 * @throws YiluError UNSUPPORTED_AUDIO (`details.found`: what it is instead), TOO_LARGE beyond ten minutes,
 *   RATE_LIMITED when many are imported at once
 */
export async function importAudio(bytes: Buffer): Promise<ImportedAudio> {
  if (bytes.length > MAX_AUDIO_BYTES) fail('TOO_LARGE', { maxBytes: MAX_AUDIO_BYTES })
  const found = audioKind(bytes)
  if (!found) fail('UNSUPPORTED_AUDIO', { found })
  // a copy of its own: the bytes go along to the thread, and only what they are
  const copy = new Uint8Array(bytes)
  try {
    const { wav, ...rest } = await threads.run(copy, [copy.buffer])
    // a Buffer arrives as plain bytes
    return { ...rest, wav: Buffer.from(wav.buffer, wav.byteOffset, wav.byteLength) }
  } catch (error) {
    if (error instanceof YiluError || !(error instanceof ThreadFailed)) throw error
    if (error.why === 'exception') fail('UNSUPPORTED_AUDIO', { found })
    return fail('TOO_LARGE', { reason: error.why })
  }
}
