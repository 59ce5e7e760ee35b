/** The three values all others follow from (RFC 3261 §17.1.1.1, table 4), in milliseconds. */
export interface SipTimers {
  /** estimate of a round trip; retransmission starts with it */
  t1: number
  /** retransmissions of non-INVITE requests and of INVITE responses are never further apart */
  t2: number
  /** how long a message stays in the network */
  t4: number
}

export const RFC_TIMERS: SipTimers = { t1: 500, t2: 4000, t4: 5000 }

/** 64·T1: the life of timers B, F, H, J, L and M, 32 s by default. */
export function lifeOf(timers: SipTimers): number {
  return 64 * timers.t1
}
