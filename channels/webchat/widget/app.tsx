/** Entry of the framed app. */
import { render } from 'preact'
import { browserStorage, browserWorld } from './browser.ts'
import { browserCall } from './call/browser-call.ts'
import { createWebCall } from './call/web-call.ts'
import { createChat } from './chat.ts'
import { connectHost } from './host.ts'
import { asLang, spokenLang } from './i18n.ts'
import { createStore } from './store.ts'
import { Panel } from './view/panel.tsx'

const parameters = new URLSearchParams(location.search)
const account = parameters.get('account') ?? 'web'
const store = createStore(browserStorage(), account)
const spoken =
  store.loadPreferences().lang ?? asLang(parameters.get('lang')) ?? spokenLang(navigator.languages)

const world = browserWorld(account, store)
const chat = createChat(world, store, spoken ?? 'en')
const call = createWebCall({ ...world, ...browserCall(), send: chat.send })
chat.onFrame(call.hear)
const host = connectHost(parameters)

render(
  <Panel chat={chat} call={call} host={host} store={store} token={world.token} askLang={!spoken} />,
  document.body,
)
// who is still to choose a language must not be greeted in the wrong one
if (spoken) chat.start()

window.addEventListener('online', chat.wake)
window.addEventListener('pagehide', () => {
  chat.save()
  call.hangUp()
})
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') chat.wake()
  else chat.save()
})
