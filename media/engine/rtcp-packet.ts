/** RTCP compound packets, RFC 3550 §6: sender and receiver reports, SDES with a CNAME, BYE. */
export interface ReportBlock {
  /** whose packets are reported on */
  ssrc: number
  /** of 256, since the last report */
  fractionLost: number
  cumulativeLost: number
  extendedHighest: number
  /** in samples */
  jitter: number
  /** middle 32 bits of the NTP time of the last sender report; 0: none yet */
  lastSenderReport: number
  /** since then, in 1/65536 s */
  delaySince: number
}

export interface SenderInfo {
  ntpSeconds: number
  ntpFraction: number
  rtpTimestamp: number
  packets: number
  octets: number
}

export interface Report {
  ssrc: number
  /** a sender report; else a receiver report */
  sender?: SenderInfo
  blocks: ReportBlock[]
}

const SENDER_REPORT = 200
const RECEIVER_REPORT = 201
const SOURCE_DESCRIPTION = 202
const GOODBYE = 203
const BLOCK_BYTES = 24

export interface Compound {
  reports: Report[]
  /** sources that leave */
  goodbyes: number[]
}

/** @returns undefined where the datagram is no valid compound packet (RFC 3550 appendix A.2) */
export function parseRtcp(datagram: Buffer): Compound | undefined {
  const compound: Compound = { reports: [], goodbyes: [] }
  let at = 0
  while (at < datagram.length) {
    if (at + 4 > datagram.length) return undefined
    const flags = datagram[at]!
    const type = datagram[at + 1]!
    const end = at + 4 + 4 * datagram.readUInt16BE(at + 2)
    const isFirst = at === 0
    if (flags >> 6 !== 2 || end > datagram.length) return undefined
    if (isFirst && type !== SENDER_REPORT && type !== RECEIVER_REPORT) return undefined
    // only the last may be padded
    if (flags & 0x20 && end !== datagram.length) return undefined
    const count = flags & 0x1f
    const body = datagram.subarray(at + 4, end)
    if (type === SENDER_REPORT || type === RECEIVER_REPORT) {
      const report = parseReport(body, count, type === SENDER_REPORT)
      if (!report) return undefined
      compound.reports.push(report)
    } else if (type === GOODBYE) {
      for (let i = 0; i < count && 4 * i + 4 <= body.length; i++) {
        compound.goodbyes.push(body.readUInt32BE(4 * i))
      }
    }
    at = end
  }
  return at > 0 ? compound : undefined
}

function parseReport(body: Buffer, count: number, isSender: boolean): Report | undefined {
  const blocksFrom = isSender ? 24 : 4
  if (body.length < blocksFrom + count * BLOCK_BYTES) return undefined
  const report: Report = { ssrc: body.readUInt32BE(0), blocks: [] }
  if (isSender) {
    report.sender = {
      ntpSeconds: body.readUInt32BE(4),
      ntpFraction: body.readUInt32BE(8),
      rtpTimestamp: body.readUInt32BE(12),
      packets: body.readUInt32BE(16),
      octets: body.readUInt32BE(20),
    }
  }
  for (let i = 0; i < count; i++) {
    const block = body.subarray(blocksFrom + i * BLOCK_BYTES)
    report.blocks.push({
      ssrc: block.readUInt32BE(0),
      fractionLost: block[4]!,
      cumulativeLost: block.readIntBE(5, 3),
      extendedHighest: block.readUInt32BE(8),
      jitter: block.readUInt32BE(12),
      lastSenderReport: block.readUInt32BE(16),
      delaySince: block.readUInt32BE(20),
    })
  }
  return report
}

/** A report and the CNAME of its sender; with `goodbye` also the end of the source. */
export function writeRtcp(report: Report, cname: string, goodbye = false): Buffer {
  const parts = [writeReport(report), writeDescription(report.ssrc, cname)]
  if (goodbye) {
    const bye = packet(GOODBYE, 1, 4)
    bye.writeUInt32BE(report.ssrc, 4)
    parts.push(bye)
  }
  return Buffer.concat(parts)
}

function writeReport({ ssrc, sender, blocks }: Report): Buffer {
  const blocksFrom = sender ? 28 : 8
  const bytes = packet(
    sender ? SENDER_REPORT : RECEIVER_REPORT,
    blocks.length,
    blocksFrom - 4 + blocks.length * BLOCK_BYTES,
  )
  bytes.writeUInt32BE(ssrc, 4)
  if (sender) {
    bytes.writeUInt32BE(sender.ntpSeconds, 8)
    bytes.writeUInt32BE(sender.ntpFraction, 12)
    bytes.writeUInt32BE(sender.rtpTimestamp, 16)
    bytes.writeUInt32BE(sender.packets >>> 0, 20)
    bytes.writeUInt32BE(sender.octets >>> 0, 24)
  }
  blocks.forEach((block, i) => {
    const at = blocksFrom + i * BLOCK_BYTES
    bytes.writeUInt32BE(block.ssrc, at)
    bytes[at + 4] = block.fractionLost
    bytes.writeIntBE(block.cumulativeLost, at + 5, 3)
    bytes.writeUInt32BE(block.extendedHighest, at + 8)
    bytes.writeUInt32BE(block.jitter, at + 12)
    bytes.writeUInt32BE(block.lastSenderReport, at + 16)
    bytes.writeUInt32BE(block.delaySince, at + 20)
  })
  return bytes
}

function writeDescription(ssrc: number, cname: string): Buffer {
  const name = Buffer.from(cname, 'utf8').subarray(0, 255)
  // item CNAME (1), closed by at least one zero, padded to 32 bits
  const body = Math.ceil((4 + 2 + name.length + 1) / 4) * 4
  const bytes = packet(SOURCE_DESCRIPTION, 1, body)
  bytes.writeUInt32BE(ssrc, 4)
  bytes[8] = 1
  bytes[9] = name.length
  name.copy(bytes, 10)
  return bytes
}

function packet(type: number, count: number, bodyBytes: number): Buffer {
  const bytes = Buffer.alloc(4 + bodyBytes)
  bytes[0] = 0x80 | count
  bytes[1] = type
  bytes.writeUInt16BE(bodyBytes / 4, 2)
  return bytes
}
