import type { Reach } from '../../../../gateway/desk/protocol.ts'

export type NoInvite = 'window' | 'public' | 'address' | 'templates' | 'ended'

/**
 * Why the contact cannot be sent an invitation to talk, or undefined. Pure.
 * @param closed the window for answers, as the clock stands now
 */
export function whyNoInvite(reach: Reach | undefined, closed: boolean): NoInvite | undefined {
  switch (reach?.noInvite) {
    case 'PUBLIC_THREAD':
      return 'public'
    case 'PUBLIC_URL_NEEDED':
      return closed ? 'window' : 'address'
    case 'TEMPLATE_ONLY':
      return 'templates'
    case 'WINDOW_CLOSED':
      return 'window'
    case undefined:
      return closed ? 'window' : undefined
    default:
      return 'ended'
  }
}
