/** Opus out of WebM, as browsers record it: just the elements it takes (RFC 8794, RFC 9559). */
import { fail } from '../../gateway/errors.ts'
import type { Piece, Sound } from './sound.ts'
import { MAX_CHANNELS, mixed } from './sound.ts'

const SEGMENT = 0x18538067
const CLUSTER = 0x1f43b675
const TRACKS = 0x1654ae6b
const TRACK_ENTRY = 0xae
const TRACK_NUMBER = 0xd7
const CODEC_ID = 0x86
const CODEC_PRIVATE = 0x63a2
const BLOCK_GROUP = 0xa0
const BLOCK = 0xa1
const SIMPLE_BLOCK = 0xa3
/** elements that hold others we look into */
const OPENED = new Set([SEGMENT, CLUSTER, TRACKS, TRACK_ENTRY, BLOCK_GROUP])
/** 2.5 ms … 120 ms each (RFC 6716 §3): at most two seconds decoded at once */
const PACKETS_AT_ONCE = 16
const RATE_HZ = 48_000

/** @throws YiluError UNSUPPORTED_AUDIO where it holds no Opus, or it is not to be made out */
export async function* opusOfWebm(bytes: Buffer): AsyncGenerator<Piece> {
  const { head, packets } = demux(bytes)
  const { createOpusDecoder } = await import('@audio/decode-opus/core')
  const decoder = await createOpusDecoder()
  try {
    decoder.configure({ sampleRate: RATE_HZ, ...layoutOf(head) })
    for (let at = 0; at < packets.length; at += PACKETS_AT_ONCE) {
      const { channelData } = decoder.decodeFrames(packets.slice(at, at + PACKETS_AT_ONCE))
      const samples = mixed(channelData)
      if (samples.length) yield { sampleRate: RATE_HZ, samples }
    }
  } finally {
    decoder.free()
  }
}
opusOfWebm satisfies (bytes: Buffer) => Sound

/** RFC 7845 §5.1; mapping family 0 is what browsers record */
function layoutOf(head: Buffer) {
  const channels = head[9]!
  if (head.length < 19 || !head.subarray(0, 8).equals(Buffer.from('OpusHead'))) refuse()
  if (channels < 1 || channels > Math.min(2, MAX_CHANNELS) || head[18] !== 0) refuse()
  return { channels, preSkip: head.readUInt16LE(10), outputGain: head.readInt16LE(16) }
}

function demux(bytes: Buffer): { head: Buffer; packets: Uint8Array[] } {
  const packets: Uint8Array[] = []
  let head: Buffer | undefined
  let opus: number | undefined
  let track: { number?: number; codec?: string; private?: Buffer } = {}
  for (let at = 0; at < bytes.length;) {
    const id = readId(bytes, at)
    const size = id && readSize(bytes, at + id.length)
    // cut off: what came before is taken
    if (!id || !size) break
    const from = at + id.length + size.length
    if (OPENED.has(id.value)) {
      if (id.value === TRACK_ENTRY) track = {}
      // their ends do not matter: every element inside is known by its own id, wherever it stands
      at = from
      continue
    }
    const to = from + size.value
    if (size.value === Infinity || to > bytes.length) break
    const body = bytes.subarray(from, to)
    if (id.value === TRACK_NUMBER) track.number = body[body.length - 1]!
    if (id.value === CODEC_ID) track.codec = body.toString('latin1')
    if (id.value === CODEC_PRIVATE) track.private = body
    if (opus === undefined && track.codec === 'A_OPUS' && track.number && track.private) {
      opus = track.number
      head = track.private
    }
    if (id.value === SIMPLE_BLOCK || id.value === BLOCK) {
      const number = body[0]! & 0x7f
      // number of the track in one byte, time in two, flags in one; laced blocks are not used for sound in WebM
      if (body.length > 4 && body[0]! & 0x80 && number === opus && !(body[3]! & 0x06)) {
        packets.push(body.subarray(4))
      }
    }
    at = to
  }
  return head ? { head, packets } : refuse()
}

const refuse = (): never => fail('UNSUPPORTED_AUDIO', { found: 'WebM' })

/** An id keeps its marker, of one to four bytes (RFC 8794 §5). */
function readId(bytes: Buffer, at: number) {
  const length = Math.clz32(bytes[at] ?? 0) - 23
  if (length > 4 || at + length > bytes.length) return undefined
  return { value: bytes.readUIntBE(at, length), length }
}

/** A size loses its marker; all ones mean unknown (RFC 8794 §6). */
function readSize(bytes: Buffer, at: number) {
  const length = Math.clz32(bytes[at] ?? 0) - 23
  if (length > 8 || at + length > bytes.length) return undefined
  let value = bytes[at]! & (0xff >> length)
  let ones = value === 0xff >> length
  for (let i = 1; i < length; i++) {
    value = value * 256 + bytes[at + i]!
    ones &&= bytes[at + i] === 0xff
  }
  return { value: ones ? Infinity : value, length }
}
