/** The frames of CMPP 2.0 and 3.0: twelve bytes of header (length, command, sequence), then the body. */

/** 0x20 and 0x30 in CONNECT; they differ in field sizes. */
export type CmppVersion = '2.0' | '3.0'

export const command = {
  connect: 1,
  terminate: 2,
  submit: 4,
  deliver: 5,
  activeTest: 8,
} as const

const RESPONSE = 0x80000000
export const responseTo = (id: number): number => (id | RESPONSE) >>> 0

export interface CmppFrame {
  command: number
  sequence: number
  body: Buffer
}

const HEADER_BYTES = 12
/** The longest of them, a DELIVER of 3.0 with 255 bytes of content, has 364; some gateways pad. */
export const MAX_FRAME_BYTES = 2048

/** What came cannot be split into frames any more: the connection is of no more use. */
export class CmppFramingError extends Error {}

export function encodeFrame({ command, sequence, body }: CmppFrame): Buffer {
  const header = Buffer.alloc(HEADER_BYTES)
  header.writeUInt32BE(HEADER_BYTES + body.length, 0)
  header.writeUInt32BE(command, 4)
  header.writeUInt32BE(sequence, 8)
  return Buffer.concat([header, body])
}

/** Splits a byte stream into frames; holds at most one unfinished frame. */
export class CmppFrameReader {
  private rest: Buffer = Buffer.alloc(0)

  /** @throws CmppFramingError on a length no frame has; what follows it cannot be found */
  push(chunk: Buffer): CmppFrame[] {
    let data = this.rest.length ? Buffer.concat([this.rest, chunk]) : chunk
    const frames: CmppFrame[] = []
    while (data.length >= 4) {
      const length = data.readUInt32BE(0)
      if (length < HEADER_BYTES || length > MAX_FRAME_BYTES)
        throw new CmppFramingError(`a frame of ${length} bytes`)
      if (data.length < length) break
      frames.push({
        command: data.readUInt32BE(4),
        sequence: data.readUInt32BE(8),
        body: data.subarray(HEADER_BYTES, length),
      })
      data = data.subarray(length)
    }
    this.rest = Buffer.from(data)
    return frames
  }
}
