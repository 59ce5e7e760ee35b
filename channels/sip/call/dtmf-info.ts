import type { SipRequest } from '../message/message.ts'
import { mediaType } from './body.ts'

/**
 * The key of an INFO: `Signal=5` (application/dtmf-relay) or the key alone (application/dtmf). Some phones
 * write 10 and 11 for * and #. Undefined: no such INFO.
 */
export function digitOfInfo(request: SipRequest): string | undefined {
  const type = mediaType(request)
  const text = request.body.toString('latin1', 0, Math.min(request.body.length, 200))
  const signal =
    type === 'application/dtmf-relay'
      ? /^\s*signal\s*=\s*([0-9A-Da-d*#]{1,2})\s*$/im.exec(text)?.[1]
      : type === 'application/dtmf'
        ? /^\s*([0-9A-Da-d*#]{1,2})\s*$/.exec(text)?.[1]
        : undefined
  if (signal === undefined) return undefined
  if (signal.length === 1) return signal.toUpperCase()
  return signal === '10' ? '*' : signal === '11' ? '#' : undefined
}
