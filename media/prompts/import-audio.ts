import { fail } from '../../gateway/errors.ts'
import { audioKind } from './audio-kind.ts'
import type { DecodedWav } from './decode-wav.ts'
import { decodeWav } from './decode-wav.ts'
import { Limiter } from './limiter.ts'
import { loudness } from './loudness.ts'
import { Resampler } from './resampler.ts'
import { writeWavHeader } from './wav-header.ts'

const RATE_HZ = 8000
/** −19 dBFS, as the synthetic voices: prompts of both kinds stand beside each other */
const TARGET_DB = -19
/** more would raise the noise of a room to speech */
const MOST_GAIN_DB = 24
/** samples limited without a break: about 3 ms */
const SLICE = 10 * RATE_HZ
export const MAX_AUDIO_SECONDS = 600
/** ten minutes of 48 kHz, stereo, 24 bit */
export const MAX_AUDIO_BYTES = 180 * 1024 * 1024

export interface ImportedAudio {
  /** a WAV file: PCM16, mono, 8 kHz */
  wav: Buffer
  durationMs: number
  /** dB by which it was made louder or, below 0, softer */
  gainDb: number
}

/**
 * A recording of any rate, width and number of channels as a prompt: mixed to one channel, filtered to the
 * telephone's band, brought to the level of all prompts with its peaks kept below −3 dBFS.
 * About 4 ms of computing for a second of audio, in slices between which calls go on.
 * @throws YiluError UNSUPPORTED_AUDIO for anything but WAV, TOO_LARGE beyond ten minutes
 */
export async function importAudio(bytes: Buffer): Promise<ImportedAudio> {
  if (bytes.length > MAX_AUDIO_BYTES) fail('TOO_LARGE', { maxBytes: MAX_AUDIO_BYTES })
  const decoded = decodeWav(bytes)
  if (!decoded || decoded.frames === 0) fail('UNSUPPORTED_AUDIO', { found: audioKind(bytes) })
  if (decoded.frames > MAX_AUDIO_SECONDS * decoded.sampleRate) {
    fail('TOO_LARGE', { maxSeconds: MAX_AUDIO_SECONDS })
  }
  const samples = await atTelephoneRate(decoded)
  withoutOffset(samples)
  const level = loudness(samples)
  const gainDb = level === -Infinity ? 0 : Math.min(MOST_GAIN_DB, TARGET_DB - level)
  const pcm = await limited(samples, gainDb)
  return {
    wav: Buffer.concat([writeWavHeader(1, RATE_HZ, pcm.byteLength), Buffer.from(pcm.buffer)]),
    durationMs: Math.round((pcm.length / RATE_HZ) * 1000),
    gainDb: Math.round(gainDb * 10) / 10,
  }
}

async function atTelephoneRate({ sampleRate, frames, read }: DecodedWav): Promise<Float32Array> {
  const length = Math.max(1, Math.round((frames * RATE_HZ) / sampleRate))
  const output = new Float32Array(length)
  const resampler = sampleRate === RATE_HZ ? undefined : new Resampler(sampleRate, RATE_HZ)
  let at = 0
  const put = (part: Float32Array) => {
    output.set(part.subarray(0, length - at), at)
    at += Math.min(part.length, length - at)
  }
  for (let from = 0; from < frames; from += sampleRate) {
    const second = read(from, sampleRate)
    put(resampler ? resampler.push(second) : second)
    await turn()
  }
  if (resampler) put(resampler.flush())
  return output
}

/** Cheap sound cards add a constant; it would be heard as a click at both ends. */
function withoutOffset(samples: Float32Array): void {
  let sum = 0
  for (const sample of samples) sum += sample
  const offset = sum / samples.length
  for (let i = 0; i < samples.length; i++) samples[i]! -= offset
}

async function limited(samples: Float32Array, gainDb: number): Promise<Int16Array> {
  const limiter = new Limiter(32_768 * 10 ** (gainDb / 20))
  const pcm = new Int16Array(samples.length)
  let at = 0
  for (let from = 0; from < samples.length; from += SLICE) {
    const part = limiter.push(samples.subarray(from, from + SLICE))
    pcm.set(part, at)
    at += part.length
    await turn()
  }
  pcm.set(limiter.flush(), at)
  return pcm
}

const turn = () => new Promise((resolve) => setImmediate(resolve))
