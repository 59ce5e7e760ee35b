import { header, numberHeader, tokens, valueParams, type SipMessage } from '../message/message.ts'

/** How long a session lives unrefreshed, in seconds, and who refreshes it (RFC 4028). */
export interface SessionInterval {
  seconds: number
  refresher: 'us' | 'them'
}
export type Refresher = 'uac' | 'uas'

/** As Session-Expires says it; undefined: no session timer. */
export function readSessionExpires(
  message: SipMessage,
): { seconds: number; refresher?: Refresher } | undefined {
  const seconds = numberHeader(message, 'session-expires')
  if (!seconds) return undefined
  const refresher = valueParams(header(message, 'session-expires')!).get('refresher')?.toLowerCase()
  return refresher === 'uac' || refresher === 'uas' ? { seconds, refresher } : { seconds }
}

/**
 * What to answer to a request that may ask for a session timer (RFC 4028 §9). Whoever asks keeps the role
 * it asked for; where it leaves it open, we refresh, for then we know that it is done.
 */
export function intervalAsServer(
  request: SipMessage,
  ours: { expires: number; min: number },
): { interval?: SessionInterval; headers: Record<string, string> } | 'tooSmall' {
  const peerKnows = tokens(request, 'supported').includes('timer')
  const asked = readSessionExpires(request)
  if (!asked && !peerKnows) return { headers: {} }
  if (asked && asked.seconds < ours.min && peerKnows) return 'tooSmall'
  const least = Math.max(ours.min, numberHeader(request, 'min-se') ?? 0)
  const seconds = Math.max(asked?.seconds ?? ours.expires, least)
  const refresher: Refresher = peerKnows ? (asked?.refresher ?? 'uas') : 'uas'
  return {
    interval: { seconds, refresher: refresher === 'uas' ? 'us' : 'them' },
    headers: {
      'session-expires': `${seconds};refresher=${refresher}`,
      // §9: the peer must know that it has to refresh
      ...(refresher === 'uac' && { require: 'timer' }),
    },
  }
}

/** What a 2xx to a request of ours agreed to (§7.2). */
export function intervalAsClient(response: SipMessage): SessionInterval | undefined {
  const told = readSessionExpires(response)
  if (!told) return undefined
  return { seconds: told.seconds, refresher: told.refresher === 'uas' ? 'them' : 'us' }
}
