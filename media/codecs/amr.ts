/** Voice messages of WeChat (AMR, narrow or wide band, RFC 4867 §5) as a WAV file that browsers play. */
import { fail } from '../../gateway/errors.ts'
import { writeWavHeader } from '../prompts/wav-header.ts'

/** Of 20 ms. WeChat's voice messages last 60 s at most; a frame may be one byte and still become 640. */
const MAX_FRAMES = 300 * 50

/** Bytes of a frame with its header, by frame type (RFC 4867 §5.3, 3GPP TS 26.101 and 26.201). */
const NARROW = [13, 14, 16, 18, 20, 21, 27, 32, 6, 6, 6, 6, 1, 1, 1, 1]
const WIDE = [18, 24, 33, 37, 41, 47, 51, 59, 61, 6, 1, 1, 1, 1, 1, 1]

export interface DecodedVoice {
  /** PCM16, mono, 8 kHz or, of wide band, 16 kHz */
  wav: Buffer
  durationMs: number
}

/** @throws YiluError UNSUPPORTED_AUDIO for anything but AMR, TOO_LARGE beyond five minutes */
export async function decodeAmr(bytes: Buffer): Promise<DecodedVoice> {
  const [magic] = /^#!AMR(-WB)?\n/.exec(bytes.toString('latin1', 0, 9)) ?? fail('UNSUPPORTED_AUDIO')
  const sizes = magic.length > 6 ? WIDE : NARROW
  let frames = 0
  for (let at = magic.length; at < bytes.length; at += sizes[(bytes[at]! >> 3) & 15]!)
    if (++frames > MAX_FRAMES) fail('TOO_LARGE', { maxSeconds: MAX_FRAMES / 50 })
  // WebAssembly that most installations never need
  const { default: decode } = await import('@audio/decode-amr')
  const { channelData, sampleRate } = await decode(bytes)
  const [samples] = channelData
  if (!samples?.length) fail('UNSUPPORTED_AUDIO')
  const pcm = Buffer.alloc(samples.length * 2)
  for (const [at, sample] of samples.entries())
    pcm.writeInt16LE(Math.max(-32_768, Math.min(32_767, Math.round(sample * 32_768))), at * 2)
  return {
    wav: Buffer.concat([writeWavHeader(1, sampleRate, pcm.length), pcm]),
    durationMs: Math.round((samples.length * 1000) / sampleRate),
  }
}
