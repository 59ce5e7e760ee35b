import type { Result } from '../block.ts'
import type { Turn } from '../turn.ts'

/** A service failed: leave by `error`. The message may hold personal data, so only the code is kept. */
export function fail(result: Extract<Result, { ok: false }>, turn: Turn): void {
  turn.track('fail', { data: { code: result.code } })
  turn.exit('error', 'noMatch')
}
