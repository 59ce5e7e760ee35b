/**
 * Reference numbers of long texts. The parts sent at another attempt must carry the one of the first, also
 * after a restart, so it follows from the message's id; and two texts to the same number one after the other
 * must not have the same, or the telephone mixes their parts.
 */
import { createHash } from 'node:crypto'

/** Texts a telephone may still be waiting for parts of. */
const LATELY = 8
const DESTINATIONS = 5_000

export class ConcatRefs {
  private readonly destinations = new Map<string, { messageId: string; ref: number }[]>()

  /** @returns 1 to 255, or to 65535 */
  refFor(destination: string, messageId: string, wide: boolean): number {
    const lately = this.destinations.get(destination) ?? []
    const had = lately.find((one) => one.messageId === messageId)
    if (had) return had.ref
    const most = wide ? 0xffff : 0xff
    const number = createHash('sha256').update(messageId).digest().readUInt32BE(0)
    let ref = (number % most) + 1
    while (lately.some((one) => one.ref === ref)) ref = (ref % most) + 1
    this.destinations.delete(destination)
    this.destinations.set(destination, [...lately, { messageId, ref }].slice(-LATELY))
    if (this.destinations.size > DESTINATIONS)
      this.destinations.delete(this.destinations.keys().next().value!)
    return ref
  }
}
