/** The page around the frame: tells it the unread count, hears when the panel is shown. */
import { heardFrom, pinnedOrigin } from './bridge.ts'
import type { FrameMessage, HostMessage } from './bridge.ts'

export interface Host {
  /** false when the chat fills its own browser tab */
  framed: boolean
  tell(message: FrameMessage): void
  onShown(listener: (open: boolean) => void): void
}

export function connectHost(parameters: URLSearchParams): Host {
  const framed = window.parent !== window
  const wanted = pinnedOrigin(parameters.get('origin'))
  // where the browser says who frames us, the address must say the same
  const real = window.location.ancestorOrigins?.[0]
  const origin = real && wanted !== real ? undefined : wanted
  return {
    framed,
    tell(message) {
      if (framed && origin) window.parent.postMessage(message, origin)
    },
    onShown(listener) {
      window.addEventListener('message', (event) => {
        const heard = origin && heardFrom<HostMessage>(event, origin, window.parent)
        if (heard && heard.t === 'shown') listener(heard.open)
      })
    },
  }
}
