import { fail } from '../../gateway/errors.ts'
import { audioKind } from './audio-kind.ts'
import { flacFrames } from './flac-frames.ts'
import { oggCodec } from './ogg-codec.ts'
import type { Piece, Sound } from './sound.ts'
import { MAX_CHANNELS, mixed } from './sound.ts'
import { opusOfWebm } from './webm-opus.ts'

/**
 * Bytes given to a decoder at once. What comes out of them is bounded by this: the worst is FLAC, where 14 bytes
 * may be 65,535 samples of 8 channels, 2 MB (RFC 9639 §9.2.2), so 80 MB for a moment.
 */
const CHUNK_BYTES = 512

interface Decoded {
  channelData: Float32Array[]
  sampleRate: number
}
interface Decoder {
  decode(chunk: Uint8Array): Decoded
  flush?(): Decoded
  free(): void
}

/** WebAssembly that most installations never need. */
const DECODERS: Record<string, () => Promise<Decoder>> = {
  MP3: async () => (await import('@audio/decode-mp3')).decoder(),
  FLAC: async () => (await import('@audio/decode-flac')).decoder(),
  AMR: async () => (await import('@audio/decode-amr')).decoder(),
  Vorbis: async () => (await import('@audio/decode-vorbis')).decoder(),
  Opus: async () => (await import('@audio/decode-opus')).decoder(),
}

/** MP3, FLAC, Ogg (Vorbis, Opus), AMR, WebM with Opus. @returns undefined for anything else */
export function decodeCompressed(bytes: Buffer): Sound | undefined {
  const kind = audioKind(bytes)
  if (kind === 'WebM') return opusOfWebm(bytes)
  const codec = kind === 'Ogg' ? oggCodec(bytes) : kind
  const load = codec === undefined ? undefined : DECODERS[codec]
  return load && pieces(codec === 'FLAC' ? flacFrames(bytes) : evenly(bytes), load)
}

function* evenly(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) yield bytes.subarray(at, at + CHUNK_BYTES)
}

async function* pieces(
  chunks: Iterable<Buffer>,
  load: () => Promise<Decoder>,
): AsyncGenerator<Piece> {
  const decoder = await load()
  const piece = ({ channelData, sampleRate }: Decoded): Piece | undefined => {
    if (channelData.length > MAX_CHANNELS)
      fail('UNSUPPORTED_AUDIO', { channels: channelData.length })
    const samples = mixed(channelData)
    return samples.length ? { sampleRate, samples } : undefined
  }
  try {
    for (const chunk of chunks) {
      const found = piece(decoder.decode(chunk))
      if (found) yield found
    }
    const rest = decoder.flush && piece(decoder.flush())
    if (rest) yield rest
  } finally {
    decoder.free()
  }
}
