/** RIFF/WAVE headers: the 44 bytes we write, and a bounded reader of what others write. */
export type WavEncoding = 'pcm16' | 'alaw' | 'mulaw'

export interface WavFormat {
  encoding: WavEncoding
  channels: number
  sampleRate: number
  /** where the samples begin in the file */
  dataFrom: number
  /** of the samples; Infinity where the header does not know (a stream that was cut off) */
  dataBytes: number
}

export const WAV_HEADER = 44

/** Header of PCM16 with `dataBytes` of samples behind it. */
export function writeWavHeader(channels: number, sampleRate: number, dataBytes: number): Buffer {
  const header = Buffer.alloc(WAV_HEADER)
  header.write('RIFF', 0, 'latin1')
  header.writeUInt32LE(Math.min(dataBytes + WAV_HEADER - 8, 0xffffffff), 4)
  header.write('WAVEfmt ', 8, 'latin1')
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(channels, 22)
  header.writeUInt32LE(sampleRate, 24)
  header.writeUInt32LE(sampleRate * channels * 2, 28)
  header.writeUInt16LE(channels * 2, 32)
  header.writeUInt16LE(16, 34)
  header.write('data', 36, 'latin1')
  header.writeUInt32LE(Math.min(dataBytes, 0xffffffff), 40)
  return header
}

const ENCODINGS: Record<number, [WavEncoding, bits: number]> = {
  1: ['pcm16', 16],
  6: ['alaw', 8],
  7: ['mulaw', 8],
}

/**
 * @param start the beginning of the file; 4 kB hold every header met so far
 * @returns undefined where it is not WAV, or not PCM16, A-law or µ-law
 */
export function readWavHeader(start: Buffer): WavFormat | undefined {
  if (start.length < 12) return undefined
  if (start.toString('latin1', 0, 4) !== 'RIFF') return undefined
  if (start.toString('latin1', 8, 12) !== 'WAVE') return undefined
  let format: Pick<WavFormat, 'encoding' | 'channels' | 'sampleRate'> | undefined
  for (let at = 12; at + 8 <= start.length;) {
    const id = start.toString('latin1', at, at + 4)
    const length = start.readUInt32LE(at + 4)
    const body = at + 8
    if (id === 'fmt ') {
      if (length < 16 || body + 16 > start.length) return undefined
      let tag = start.readUInt16LE(body)
      // WAVE_FORMAT_EXTENSIBLE: the format is the beginning of its GUID
      if (tag === 0xfffe && length >= 26 && body + 26 <= start.length) {
        tag = start.readUInt16LE(body + 24)
      }
      const known = ENCODINGS[tag]
      const channels = start.readUInt16LE(body + 2)
      const sampleRate = start.readUInt32LE(body + 4)
      if (!known || known[1] !== start.readUInt16LE(body + 14)) return undefined
      if (channels < 1 || channels > 8 || sampleRate < 1000) return undefined
      format = { encoding: known[0], channels, sampleRate }
    } else if (id === 'data') {
      // 0 and all ones: written while the length was not known
      const dataBytes = length === 0 || length === 0xffffffff ? Infinity : length
      return format && { ...format, dataFrom: body, dataBytes }
    }
    // chunks are padded to even lengths
    at = body + length + (length & 1)
  }
  return undefined
}
