/** Cuts what a connection brings into PDUs. */
import { HEADER_OCTETS } from './pdu.ts'

/** A message_payload may have 64 kB; nothing an SMSC sends is longer. */
export const MAX_PDU_OCTETS = 70_000

/**
 * A length no PDU can have: from here on nobody knows where the next one begins. The connection must be given
 * up; to wait for more would be to wait for ever.
 */
export class FramingLost extends Error {
  override name = 'FramingLost'
}

export class PduFramer {
  private readonly chunks: Buffer[] = []
  private held = 0

  /**
   * @returns the whole PDUs there are now, in order
   * @throws FramingLost
   */
  push(chunk: Buffer): Buffer[] {
    this.chunks.push(chunk)
    this.held += chunk.length
    const pdus: Buffer[] = []
    for (let length = this.nextLength(); length && this.held >= length; length = this.nextLength())
      pdus.push(this.take(length))
    return pdus
  }

  private nextLength(): number | undefined {
    if (this.held < 4) return undefined
    const length = this.whole(4).readUInt32BE(0)
    if (length < HEADER_OCTETS || length > MAX_PDU_OCTETS)
      throw new FramingLost(`a PDU of ${length} octets`)
    return length
  }

  private take(length: number): Buffer {
    const first = this.whole(length)
    this.held -= length
    if (first.length === length) this.chunks.shift()
    else this.chunks[0] = first.subarray(length)
    return first.subarray(0, length)
  }

  /** The first chunk, made at least so long. */
  private whole(length: number): Buffer {
    if (this.chunks[0]!.length < length)
      this.chunks.splice(0, this.chunks.length, Buffer.concat(this.chunks))
    return this.chunks[0]!
  }
}
