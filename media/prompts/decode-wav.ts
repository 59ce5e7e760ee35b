import { fromALaw } from '../codecs/a-law.ts'
import { fromMuLaw } from '../codecs/mu-law.ts'

/** A WAV file of any kind people have: every width of PCM, floats, A-law and µ-law, up to eight channels. */
export interface DecodedWav {
  sampleRate: number
  /** per channel */
  frames: number
  /** Mixed to one channel, −1 … 1, from a frame on; shorter at the end. */
  read(from: number, frames: number): Float32Array
}

interface Format {
  tag: number
  channels: number
  sampleRate: number
  bits: number
}

const MAX_CHANNELS = 8

/** @returns undefined where it is no WAV file, or its samples are packed in a way that is not known here */
export function decodeWav(bytes: Buffer): DecodedWav | undefined {
  const riff = bytes.toString('latin1', 0, 4)
  if ((riff !== 'RIFF' && riff !== 'RF64') || bytes.toString('latin1', 8, 12) !== 'WAVE')
    return undefined
  let format: Format | undefined
  for (let at = 12; at + 8 <= bytes.length;) {
    const id = bytes.toString('latin1', at, at + 4)
    const length = bytes.readUInt32LE(at + 4)
    const body = at + 8
    if (id === 'fmt ') format = readFormat(bytes.subarray(body, body + length))
    if (id === 'data') return format && samplesOf(bytes.subarray(body), length, format)
    at = body + length + (length & 1)
  }
  return undefined
}

function readFormat(chunk: Buffer): Format | undefined {
  if (chunk.length < 16) return undefined
  // WAVE_FORMAT_EXTENSIBLE: the format is the beginning of its GUID
  const extensible = chunk.readUInt16LE(0) === 0xfffe && chunk.length >= 26
  return {
    tag: chunk.readUInt16LE(extensible ? 24 : 0),
    channels: chunk.readUInt16LE(2),
    sampleRate: chunk.readUInt32LE(4),
    bits: chunk.readUInt16LE(14),
  }
}

function samplesOf(data: Buffer, length: number, format: Format): DecodedWav | undefined {
  const { channels, sampleRate, bits } = format
  const sample = readerOf(format)
  if (!sample || channels < 1 || channels > MAX_CHANNELS) return undefined
  if (sampleRate < 1000 || sampleRate > 384_000) return undefined
  const width = bits / 8
  // 0 and all ones: written while the length was not known; RF64 keeps it elsewhere
  const known = length === 0 || length === 0xffffffff ? data.length : Math.min(length, data.length)
  const frames = Math.floor(known / width / channels)
  return {
    sampleRate,
    frames,
    read(from, count) {
      const mono = new Float32Array(Math.max(0, Math.min(count, frames - from)))
      for (let i = 0, at = from * channels * width; i < mono.length; i++) {
        let sum = 0
        for (let channel = 0; channel < channels; channel++, at += width) sum += sample(data, at)
        mono[i] = sum / channels
      }
      return mono
    },
  }
}

type Reader = (data: Buffer, at: number) => number

function readerOf({ tag, bits }: Format): Reader | undefined {
  switch (`${tag}/${bits}`) {
    case '1/8':
      return (data, at) => (data[at]! - 128) / 128
    case '1/16':
      return (data, at) => data.readInt16LE(at) / 32_768
    case '1/24':
      return (data, at) => data.readIntLE(at, 3) / 8_388_608
    case '1/32':
      return (data, at) => data.readInt32LE(at) / 2_147_483_648
    case '3/32':
      return (data, at) => finite(data.readFloatLE(at))
    case '3/64':
      return (data, at) => finite(data.readDoubleLE(at))
    case '6/8':
      return (data, at) => fromALaw[data[at]!]! / 32_768
    case '7/8':
      return (data, at) => fromMuLaw[data[at]!]! / 32_768
    default:
      return undefined
  }
}

const finite = (value: number) => (Number.isFinite(value) ? Math.max(-8, Math.min(8, value)) : 0)
