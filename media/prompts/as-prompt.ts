import { fail, YiluError } from '../../gateway/errors.ts'
import { audioKind } from './audio-kind.ts'
import { decodeCompressed } from './decode-compressed.ts'
import type { DecodedWav } from './decode-wav.ts'
import { decodeWav } from './decode-wav.ts'
import { Limiter } from './limiter.ts'
import { loudness } from './loudness.ts'
import type { Piece } from './sound.ts'
import { RATE_HZ, telephoneRate } from './telephone-rate.ts'
import { writeWavHeader } from './wav-header.ts'

/** −19 dBFS, as the synthetic voices: prompts of both kinds stand beside each other */
const TARGET_DB = -19
/** more would raise the noise of a room to speech */
const MOST_GAIN_DB = 24

export interface ImportedAudio {
  /** a WAV file: PCM16, mono, 8 kHz */
  wav: Buffer
  durationMs: number
  /** dB by which it was made louder or, below 0, softer */
  gainDb: number
}

/** What `importAudio` does, inside its thread. */
export async function asPrompt(bytes: Buffer): Promise<ImportedAudio> {
  const samples = await decoded(bytes)
  withoutOffset(samples)
  const level = loudness(samples)
  const gainDb = level === -Infinity ? 0 : Math.min(MOST_GAIN_DB, TARGET_DB - level)
  const limiter = new Limiter(32_768 * 10 ** (gainDb / 20))
  const begun = limiter.push(samples)
  const rest = limiter.flush()
  const header = writeWavHeader(1, RATE_HZ, 2 * samples.length)
  const pcm = new Int16Array(samples.length)
  pcm.set(begun)
  pcm.set(rest, begun.length)
  return {
    wav: Buffer.concat([header, Buffer.from(pcm.buffer)]),
    durationMs: Math.round((pcm.length / RATE_HZ) * 1000),
    gainDb: Math.round(gainDb * 10) / 10,
  }
}

async function decoded(bytes: Buffer): Promise<Float32Array> {
  const wav = decodeWav(bytes)
  const sound = wav ? seconds(wav) : decodeCompressed(bytes)
  const found = audioKind(bytes)
  try {
    const samples = sound && (await telephoneRate(sound))
    return samples?.length ? samples : fail('UNSUPPORTED_AUDIO', { found })
  } catch (error) {
    if (error instanceof YiluError) throw error
    // whatever the decoders met in a damaged file
    return fail('UNSUPPORTED_AUDIO', { found })
  }
}

function* seconds({ sampleRate, frames, read }: DecodedWav): Generator<Piece> {
  for (let from = 0; from < frames; from += sampleRate) {
    yield { sampleRate, samples: read(from, sampleRate) }
  }
}

/** Cheap sound cards add a constant; it would be heard as a click at both ends. */
function withoutOffset(samples: Float32Array): void {
  let sum = 0
  for (const sample of samples) sum += sample
  const offset = sum / samples.length
  for (let i = 0; i < samples.length; i++) samples[i]! -= offset
}
