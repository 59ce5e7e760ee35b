/** Entry of the page behind a call link. */
import { render } from 'preact'
import { browserCall, mayCall } from './call/browser-call.ts'
import { createWebCall } from './call/web-call.ts'
import { CallPage } from './call-page/page.tsx'
import { createConnection } from './connection.ts'
import { spokenLang } from './i18n.ts'
import { openSocket } from './open-socket.ts'
import type { Lang, TokenResponse } from './wire.ts'

const token = new URLSearchParams(location.search).get('t') ?? ''
let lang: Lang = spokenLang(navigator.languages) ?? 'zh-CN'

const after = (ms: number, run: () => void) => {
  const timer = setTimeout(run, ms)
  return () => clearTimeout(timer)
}
const connection = createConnection(
  {
    after,
    random: Math.random,
    openSocket: (events) => openSocket('/webchat/call/ws', events),
    // the link is all there is: no other can be fetched
    token: async () => ({ token }) as TokenResponse,
  },
  {
    hello: (own) => ({ t: 'hello', token: own, lang }),
    // a link that is over is told at `hello`: then there is no call to wait for
    onFrame: (frame) =>
      call.hear(
        frame.t === 'refused' ? { t: 'callEnded', reason: 'refused', error: frame.error } : frame,
      ),
    onLink: () => undefined,
    onRefusedToken: () => undefined,
  },
)
const call = createWebCall({
  ...browserCall(),
  after,
  now: Date.now,
  send: (frame) => connection.send(frame),
})
// some in-app browsers have the one and not the other
const capable = mayCall() && typeof navigator.mediaDevices?.getUserMedia === 'function'

render(
  <CallPage
    token={token}
    call={call}
    browserLang={lang}
    capable={capable}
    inWechat={/MicroMessenger/i.test(navigator.userAgent)}
    onGood={(its) => {
      lang = its
      connection.start()
    }}
  />,
  document.body,
)

window.addEventListener('online', connection.wake)
window.addEventListener('pagehide', () => call.hangUp())
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') connection.wake()
})
