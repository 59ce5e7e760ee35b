/** The contact's end in a page of a browser: it comes up, breaks and comes back, or is gone for good. */
import type { WebRtcLeg } from '../../media/media.ts'
import type { Call } from './call.ts'
import type { ContactEnd } from './contact-end.ts'

/**
 * The page itself proposes a new line within a second and a half of a break (widget/call/web-call.ts), and says
 * so when it is closed; who is not back after this was cut off or never came.
 */
const BACK_WITHIN_MS = 20_000

export interface BrowserEndOptions {
  call: Call
  leg: WebRtcLeg
  hangUp(): void
  onError: (error: unknown) => void
}

export function browserEnd({ call, leg, hangUp, onError }: BrowserEndOptions): ContactEnd {
  const isCurrent = () => call.parties.contact?.leg === leg
  let timer: NodeJS.Timeout | undefined
  const awaitLine = () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      // a newer line of the same page has a clock of its own
      if (!call.isOver && call.isAt(leg)) void call.over('contact')
    }, BACK_WITHIN_MS)
    timer.unref()
  }
  leg.onConnected = (connected) => {
    if (connected) {
      clearTimeout(timer)
      return void call.answered().catch(onError)
    }
    if (call.isOver || !isCurrent()) return
    call.parties.disconnected(call.parties.contact!)
    awaitLine()
  }
  awaitLine()
  return { device: 'browser', leg, hangUp }
}
