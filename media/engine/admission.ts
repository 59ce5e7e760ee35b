import type { RoomWeight } from './room-handle.ts'

/**
 * What a worker may carry: about half of where its clock began to run late (facts of the field, measured on
 * one core: 600 legs playing, 300–400 recorded, 80–100 over WebRTC).
 */
const PLAIN_LEGS = 300
const RECORDED_LEGS = 200
const WEBRTC_LEGS = 40
/** a recording is of two legs as a rule */
const PER_RECORDING = 2 * (1 / RECORDED_LEGS - 1 / PLAIN_LEGS)
/** with a jitter buffer of 40 ms at the other end, callers hear pauses from about here on */
const LATE_MS = 20
const LATE_FOR_SECONDS = 4

/** @returns 0 … 1 and beyond; a room without legs will soon have one */
export function usedBy(rooms: Iterable<RoomWeight>): number {
  let used = 0
  for (const { rtpLegs, webrtcLegs, recordings } of rooms) {
    const legs = rtpLegs / PLAIN_LEGS + webrtcLegs / WEBRTC_LEGS
    used += Math.max(legs, 1 / PLAIN_LEGS) + recordings * PER_RECORDING
  }
  // 300 times a 300th is to be 1
  return Math.round(used * 1e6) / 1e6
}

/**
 * Says that a worker is overloaded, whatever was counted: in each of several seconds on end a tenth of all
 * frames came late. One hiccup (an agent's handshake takes 30 ms) is not that.
 */
export class LatenessGuard {
  p99Ms = 0
  private lateSeconds = 0

  /** to be told once a second */
  add(p99Ms: number, secondP90Ms: number): void {
    this.p99Ms = p99Ms
    this.lateSeconds = secondP90Ms > LATE_MS ? this.lateSeconds + 1 : 0
  }

  get isLate(): boolean {
    return this.lateSeconds >= LATE_FOR_SECONDS
  }
}
