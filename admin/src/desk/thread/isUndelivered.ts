import type { WireMessage } from '../../../../gateway/desk/protocol.ts'

/** It failed, came too late, or nobody can tell: people must decide what to do. Pure. */
export function isUndelivered({
  direction,
  delivery,
}: Pick<WireMessage, 'direction' | 'delivery'>) {
  return direction === 'out' && ['failed', 'expired', 'unknown'].includes(delivery?.state ?? '')
}
