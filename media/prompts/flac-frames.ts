/** bytes given on at once, at least */
const CHUNK_BYTES = 512
const MAX_HEADER = 16

/**
 * A FLAC stream cut before frames: the decoder loses a frame when the header of the next one comes in two chunks
 * (@audio/decode-flac 1.3.5: up to 2 % of the sound in chunks of 512 bytes, none when cut here).
 */
export function* flacFrames(bytes: Buffer): Generator<Buffer> {
  let from = 0
  for (let at = CHUNK_BYTES; at < bytes.length;) {
    const sync = bytes.indexOf(0xff, at)
    if (sync < 0) break
    if (isHeader(bytes, sync)) {
      yield bytes.subarray(from, sync)
      from = sync
      at = sync + CHUNK_BYTES
    } else at = sync + 1
  }
  yield bytes.subarray(from)
}

/** Sync code and CRC-8 fit (RFC 9639 §9.1). */
function isHeader(bytes: Buffer, at: number): boolean {
  if (at + MAX_HEADER > bytes.length || (bytes[at + 1]! & 0xfe) !== 0xf8) return false
  const blockSize = bytes[at + 2]! >> 4
  const rate = bytes[at + 2]! & 15
  if (!blockSize || rate === 15 || bytes[at + 3]! & 1) return false
  // the number of the frame is coded as UTF-8: as many bytes as its first has leading ones
  const ones = Math.clz32((~bytes[at + 4]! & 0xff) << 24)
  if (ones === 1 || ones > 7) return false
  const end =
    at +
    5 +
    Math.max(0, ones - 1) +
    (blockSize === 6 ? 1 : blockSize === 7 ? 2 : 0) +
    (rate === 12 ? 1 : rate === 13 || rate === 14 ? 2 : 0)
  return crc8(bytes.subarray(at, end)) === bytes[end]
}

function crc8(bytes: Buffer): number {
  let crc = 0
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x80 ? ((crc << 1) ^ 7) & 0xff : crc << 1
  }
  return crc
}
