/** RTP packets, RFC 3550 §5.1. */
export interface RtpPacket {
  payloadType: number
  marker: boolean
  sequence: number
  timestamp: number
  ssrc: number
  payload: Uint8Array
}

export const RTP_HEADER = 12

/** @returns undefined where the datagram is not RTP; the payload is a view of it, not a copy */
export function parseRtp(datagram: Buffer): RtpPacket | undefined {
  if (datagram.length < RTP_HEADER) return undefined
  const flags = datagram[0]!
  if (flags >> 6 !== 2) return undefined
  let from = RTP_HEADER + 4 * (flags & 0x0f)
  if (flags & 0x10) {
    if (datagram.length < from + 4) return undefined
    from += 4 + 4 * datagram.readUInt16BE(from + 2)
  }
  let to = datagram.length
  if (flags & 0x20) {
    const padding = datagram[to - 1]!
    if (padding === 0) return undefined
    to -= padding
  }
  if (from > to) return undefined
  return {
    payloadType: datagram[1]! & 0x7f,
    marker: datagram[1]! >= 0x80,
    sequence: datagram.readUInt16BE(2),
    timestamp: datagram.readUInt32BE(4),
    ssrc: datagram.readUInt32BE(8),
    payload: datagram.subarray(from, to),
  }
}

export function writeRtp(packet: RtpPacket): Buffer {
  const datagram = Buffer.allocUnsafe(RTP_HEADER + packet.payload.length)
  datagram[0] = 0x80
  datagram[1] = packet.payloadType | (packet.marker ? 0x80 : 0)
  datagram.writeUInt16BE(packet.sequence, 2)
  datagram.writeUInt32BE(packet.timestamp, 4)
  datagram.writeUInt32BE(packet.ssrc, 8)
  datagram.set(packet.payload, RTP_HEADER)
  return datagram
}
