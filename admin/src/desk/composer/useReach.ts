import type { Reach } from '../../../../gateway/desk/protocol.ts'
import { useDeskState } from '../useDesk.ts'
import { useServerNow } from '../useServerNow.ts'
import { windowMark } from './replyWindow.ts'
import type { WindowMark } from './replyWindow.ts'

/** The longest message any channel takes (desk/protocol.ts). */
const MOST_CHARS = 4000
/** The minute a window turns amber or closes must not be missed; the seconds are counted elsewhere. */
const LOOK_EVERY_MS = 5000

interface Reached {
  reach: Reach | undefined
  window: WindowMark | undefined
  /** nothing but approved texts can be sent now */
  closed: boolean
  maxChars: number
  /** files can be sent */
  media: boolean
}

/** What can be written to the contact of a conversation at this moment. */
export function useReach(conversationId: string): Reached {
  const reach = useDeskState((state) => state.reach[conversationId])
  const nowMs = useServerNow(LOOK_EVERY_MS)
  const window = reach?.window && windowMark(reach.window, nowMs)
  return {
    reach,
    window,
    closed: window?.tone === 'closed' || reach?.templatesOnly === true,
    maxChars: Math.min(MOST_CHARS, reach?.maxTextChars ?? MOST_CHARS),
    media: reach?.media ?? true,
  }
}
