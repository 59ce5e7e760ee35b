import type { RtpPacket } from './rtp-packet.ts'

/** Keys as RFC 4733 events. */
export const KEYS = '0123456789*#ABCD'

interface Press {
  ssrc: number
  event: number
  timestamp: number
  duration: number
  ended: boolean
}

/** Tells each press once, at its first packet, whichever of its packets arrive. */
export class TelephoneEventReceiver {
  private last: Press | undefined

  /** @returns the key that has just been pressed */
  receive({ ssrc, timestamp, payload }: Pick<RtpPacket, 'ssrc' | 'timestamp' | 'payload'>) {
    if (payload.length < 4) return undefined
    const event = payload[0]!
    const ended = payload[1]! >= 0x80
    const duration = (payload[2]! << 8) | payload[3]!
    const { last } = this
    // timestamps of another source have nothing to do with the last ones
    if (last?.ssrc === ssrc) {
      const since = (timestamp - last.timestamp) | 0
      // an old packet of an earlier press, in the wrong order
      if (since < 0 && since > -80_000) return undefined
      if (since === 0 && event === last.event) {
        last.duration = Math.max(last.duration, duration)
        last.ended ||= ended
        return undefined
      }
      // RFC 4733 §2.5.1.3: a press too long for one event goes on as a segment right behind it
      const isSegment = event === last.event && !last.ended && last.duration >= 0xf000
      if (isSegment && since <= 0xffff + 1600) {
        this.last = { ssrc, event, timestamp, duration, ended }
        return undefined
      }
    }
    this.last = { ssrc, event, timestamp, duration, ended }
    return KEYS[event]
  }
}

const PRESS_FRAMES = 5
const END_PACKETS = 3
const PAUSE_FRAMES = 4

export interface EventPacket {
  payload: Uint8Array
  /** first packet of a press */
  first: boolean
  /** frames since the press began: all packets of one press carry the timestamp of its beginning */
  sinceFrames: number
}

/**
 * Presses as packets, one each 20 ms: 100 ms of press, its end three times (RFC 4733 §2.5.1.4), 80 ms of
 * pause, in which audio goes on.
 */
export class TelephoneEventSender {
  private keys: number[] = []
  private frame = 0

  press(digits: string): void {
    this.keys.push(...Array.from(digits.toUpperCase(), (digit) => KEYS.indexOf(digit)))
    this.keys = this.keys.filter((key) => key >= 0)
  }

  /** @returns what to send instead of audio in this frame, or undefined for audio */
  next(): EventPacket | undefined {
    const [event] = this.keys
    if (event === undefined) return undefined
    const frame = this.frame++
    if (frame >= PRESS_FRAMES + END_PACKETS - 1) {
      if (this.frame === PRESS_FRAMES + END_PACKETS - 1 + PAUSE_FRAMES) {
        this.keys.shift()
        this.frame = 0
      }
      return undefined
    }
    const ended = frame >= PRESS_FRAMES - 1
    const duration = Math.min(frame + 1, PRESS_FRAMES) * 160
    // volume -10 dBm0
    const payload = Uint8Array.of(event, (ended ? 0x80 : 0) | 10, duration >> 8, duration & 0xff)
    return { payload, first: frame === 0, sinceFrames: frame }
  }

  get active(): boolean {
    return this.keys.length > 0
  }
}
