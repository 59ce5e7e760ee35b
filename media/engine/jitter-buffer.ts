import { FRAME } from './frame.ts'

/** 512 ms of bytes, one a sample; a power of two, so that a timestamp becomes a place with one AND. */
const SIZE = 4096
const MASK = SIZE - 1
const MIN_TARGET = 2 * FRAME
const MAX_TARGET = 8 * FRAME
/** timestamps that differ by more begin a new stream, e.g. after a hold or behind a switch */
const JUMP = 8000
/** how often the delay is judged: 2 s */
const WINDOW = 100

/**
 * Puts G.711 back in order by timestamp, so that any packet length will do, and hands out 20 ms at a time.
 * The delay starts at 40 ms; it grows when packets come too late to be played (up to 160 ms) and shrinks
 * where for two seconds more waited than the measured jitter asks for.
 */
export class JitterBuffer {
  late = 0
  private readonly bytes = new Uint8Array(SIZE)
  private readonly filled = new Uint8Array(SIZE)
  private started = false
  /** timestamp of the next sample handed out */
  private playout = 0
  /** timestamp behind the last sample held */
  private end = 0
  private target = MIN_TARGET
  private leastWaiting = Infinity
  private reads = 0
  private excess = false

  /** @param jitter RFC 3550 §6.4.1, in samples */
  write(timestamp: number, payload: Uint8Array, jitter: number): void {
    const { length } = payload
    if (!length || length > SIZE / 2) return
    this.setTarget(jitter)
    const ahead = (timestamp - this.playout) | 0
    if (!this.started || ahead > SIZE - length || ahead < -JUMP) {
      this.restart(timestamp, this.target)
    } else if (ahead < 0) {
      const isDry = ((this.end - this.playout) | 0) <= 0
      this.late++
      if (!isDry) return
      // nothing is playing, so waiting longer from now on is not heard
      this.target = Math.min(this.target + FRAME, MAX_TARGET)
      this.restart(timestamp, FRAME)
    }
    for (let i = 0; i < length; i++) {
      const place = (timestamp + i) & MASK
      this.bytes[place] = payload[i]!
      this.filled[place] = 1
    }
    const end = timestamp + length
    if (((end - this.end) | 0) > 0) this.end = end | 0
  }

  /**
   * The next 20 ms into `out`.
   * @returns how many of the 160 samples had arrived; the others are left as they were
   */
  read(out: Uint8Array): number {
    if (!this.started) return 0
    this.judgeDelay()
    let got = 0
    for (let i = 0; i < FRAME; i++) {
      const place = (this.playout + i) & MASK
      if (!this.filled[place]) continue
      this.filled[place] = 0
      out[i] = this.bytes[place]!
      got++
    }
    this.playout = (this.playout + FRAME) | 0
    return got
  }

  /** The clock left out frames: what would have been played in them is gone. */
  skip(frames: number): void {
    if (!this.started) return
    const samples = Math.min(frames * FRAME, SIZE)
    for (let i = 0; i < samples; i++) this.filled[(this.playout + i) & MASK] = 0
    this.playout = (this.playout + frames * FRAME) | 0
  }

  reset(): void {
    this.started = false
    this.target = MIN_TARGET
    this.filled.fill(0)
  }

  /** something is held that has not been handed out */
  get waiting(): boolean {
    return this.started && ((this.end - this.playout) | 0) > 0
  }

  private restart(timestamp: number, delay: number): void {
    this.filled.fill(0)
    this.started = true
    this.playout = (timestamp - delay) | 0
    this.end = timestamp | 0
    this.startWindow()
  }

  private setTarget(jitter: number): void {
    const wanted = Math.min(MAX_TARGET, Math.max(MIN_TARGET, FRAME + 3 * jitter))
    if (wanted > this.target) this.target = wanted
    // falls slowly: one burst is often followed by the next
    else this.target -= (this.target - wanted) / 256
  }

  private judgeDelay(): void {
    const waiting = (this.end - this.playout) | 0
    if (waiting > 0) this.leastWaiting = Math.min(this.leastWaiting, waiting)
    if (++this.reads === WINDOW) {
      this.excess = this.leastWaiting !== Infinity && this.leastWaiting > this.target + 1.5 * FRAME
      this.startWindow()
    }
    // a lasting excess is their faster clock or the end of a delay: leave out a frame, best one that is missing
    if (this.excess && (this.reads === WINDOW - 1 || !this.filled[this.playout & MASK])) {
      this.excess = false
      this.skip(1)
    }
  }

  private startWindow(): void {
    this.reads = 0
    this.leastWaiting = Infinity
  }
}
