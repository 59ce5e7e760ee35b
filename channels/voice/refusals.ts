/** Why a call in is not taken, and what its caller's end is told. */
import { YiluError } from '../../gateway/errors.ts'

const RETRY_AFTER_SECONDS = 5

export interface Told {
  status: number
  reason?: string
  retryAfterSeconds?: number
}

export const refusals = {
  /** nobody answers on that number */
  noNumber: { status: 404 },
  /**
   * 486, which the caller hears as busy: 503 would make the carrier take the whole trunk out of use for a
   * while (RFC 3261 §21.5.4), and is kept for a machine that is full.
   */
  trunkFull: { status: 486, reason: 'All lines of this trunk are busy' },
  stopping: { status: 503, retryAfterSeconds: RETRY_AFTER_SECONDS },
  /** the media workers carry all they can */
  full: { status: 503, retryAfterSeconds: RETRY_AFTER_SECONDS },
  /** nothing both could speak */
  codec: { status: 488 },
  fault: { status: 500 },
} as const satisfies Record<string, Told>

export type Refusal = keyof typeof refusals

export function refusalOf(error: unknown): Refusal {
  const code = error instanceof YiluError ? error.code : 'INTERNAL'
  if (code === 'CALLS_FULL') return 'full'
  return code === 'NO_COMMON_CODEC' || code === 'BAD_SDP' ? 'codec' : 'fault'
}
