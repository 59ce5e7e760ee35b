/** Sequence numbers and jitter of one incoming stream: RFC 3550 §6.4.1, appendices A.1, A.3 and A.8. */
const MAX_DROPOUT = 3000
const MAX_MISORDER = 100
/** how far back a double is recognised; a power of two */
const RECENT = 128

export class ArrivalStatistics {
  received = 0
  /** in samples */
  jitter = 0
  ssrc = 0
  private base = 0
  private highest = 0
  private cycles = 0
  private transit: number | undefined
  private expectedBefore = 0
  private receivedBefore = 0
  /** of streams before the present one */
  private lostBefore = 0
  private receivedEver = 0
  /** doubles among the received */
  private doubled = 0
  private readonly recent = new Int32Array(RECENT)
  private started = false

  /**
   * @param isAudio the timestamps of keys stand still while they are sent, which is not jitter
   * @returns whether a new stream has begun: another source, or a leap of the sequence
   */
  add(
    packet: { ssrc: number; sequence: number; timestamp: number },
    arrivalMs: number,
    isAudio: boolean,
  ): boolean {
    const delta = (packet.sequence - this.highest) & 0xffff
    const isLeap = delta >= MAX_DROPOUT && delta <= 0x10000 - MAX_MISORDER
    const isNew = !this.started || packet.ssrc !== this.ssrc || isLeap
    if (isNew) this.begin(packet)
    else if (delta < MAX_DROPOUT) {
      if (packet.sequence < this.highest) this.cycles += 0x10000
      this.highest = packet.sequence
    }
    this.received++
    const place = packet.sequence & (RECENT - 1)
    if (this.recent[place] === packet.sequence) this.doubled++
    this.recent[place] = packet.sequence
    if (isAudio) this.measureJitter(packet.timestamp, arrivalMs)
    return isNew
  }

  private measureJitter(timestamp: number, arrivalMs: number): void {
    const transit = (Math.floor(arrivalMs * 8) - timestamp) | 0
    if (this.transit !== undefined) {
      const difference = Math.abs((transit - this.transit) | 0)
      // a leap of the timestamp (a pause, a new talker behind a switch) is not jitter
      if (difference < 8000) this.jitter += (difference - this.jitter) / 16
    }
    this.transit = transit
  }

  get packetsReceived(): number {
    return this.receivedEver + this.received
  }

  /** doubles do not make up for losses here as they do in reports (RFC 3550 §6.4.1) */
  get packetsLost(): number {
    return this.lostBefore + Math.max(0, this.expected - this.received + this.doubled)
  }

  get extendedHighest(): number {
    return (this.cycles + this.highest) >>> 0
  }

  /** For a report block; the fraction (0 … 255) covers the time since the last call. */
  takeFractionLost(): number {
    const expected = this.expected - this.expectedBefore
    const lost = expected - (this.received - this.receivedBefore)
    this.expectedBefore = this.expected
    this.receivedBefore = this.received
    return expected > 0 && lost > 0 ? Math.min(255, Math.floor((lost * 256) / expected)) : 0
  }

  /** as a report block carries it: may be negative with duplicates, 24 bits */
  get cumulativeLost(): number {
    return Math.max(-0x800000, Math.min(0x7fffff, this.expected - this.received))
  }

  get hasStarted(): boolean {
    return this.started
  }

  private get expected(): number {
    return this.started ? this.cycles + this.highest - this.base + 1 : 0
  }

  private begin(packet: { ssrc: number; sequence: number }): void {
    this.lostBefore = this.packetsLost
    this.receivedEver += this.received
    this.received = 0
    this.doubled = 0
    this.recent.fill(-1)
    this.jitter = 0
    this.started = true
    this.ssrc = packet.ssrc
    this.base = this.highest = packet.sequence
    this.cycles = 0
    this.transit = undefined
    this.expectedBefore = this.receivedBefore = 0
  }
}
