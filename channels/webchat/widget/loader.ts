/**
 * The one script a web site puts in: a button, and behind it the chat in an iframe of our own origin, so
 * that neither side's style, script or storage touches the other's.
 * `<script async src="https://…/webchat/loader.js" data-account="web" data-lang="en" data-side="left">`
 */
import { heardFrom } from './bridge.ts'
import type { FrameMessage, HostMessage } from './bridge.ts'
import { loaderStyle } from './loader-style.ts'

const PHONE = '(max-width:480px),(max-height:480px)'
const OPENED_BEFORE = 'yilu-opened'

function start(script: HTMLScriptElement) {
  const { account = 'web', lang = '', side } = script.dataset
  const server = new URL(script.src).origin
  const [openWord, closeWord, title] = /^zh/i.test(lang || navigator.language)
    ? (['打开在线咨询', '关闭在线咨询', '在线咨询'] as const)
    : (['Open live chat', 'Close live chat', 'Live chat'] as const)

  const host = document.createElement('yilu-chat')
  const shadow = host.attachShadow({ mode: 'open' })
  applyStyle(shadow)
  const root = shadow.appendChild(document.createElement('div'))
  if (side === 'left') root.classList.add('left')

  const panel = root.appendChild(document.createElement('section'))
  panel.setAttribute('role', 'dialog')
  aria(panel, 'label', title)
  const button = root.appendChild(document.createElement('button'))
  const badge = button.appendChild(document.createElement('b'))
  aria(badge, 'hidden', 'true')

  let open = false
  let ready = false
  let frame: HTMLIFrameElement | undefined
  let openLabel: string = openWord
  const phone = matchMedia(PHONE)

  function load() {
    if (frame) return
    frame = document.createElement('iframe')
    const origin = encodeURIComponent(location.origin)
    frame.src = `${server}/webchat/frame?account=${encodeURIComponent(account)}&lang=${encodeURIComponent(lang)}&origin=${origin}`
    frame.title = title
    frame.allow = 'geolocation; microphone; autoplay; clipboard-write'
    panel.append(frame)
  }

  function tell(message: HostMessage) {
    // before its page has come the frame has another origin
    if (ready) frame?.contentWindow?.postMessage(message, server)
  }

  const pageOverflow = document.documentElement.style.overflow
  function show(next: boolean) {
    if (next === open) return
    open = next
    if (open) load()
    root.classList.toggle('open', open)
    render()
    fit()
    const page = document.documentElement.style
    if (!open) page.overflow = pageOverflow
    // a full-screen chat must not scroll the page under it
    else if (phone.matches) page.overflow = 'hidden'
    tell({ yilu: 1, t: 'shown', open })
    if (open) {
      frame?.focus()
      remember()
    } else button.focus()
  }

  function render() {
    aria(button, 'expanded', `${open}`)
    aria(button, 'label', open ? closeWord : openLabel)
    aria(panel, 'modal', `${open && phone.matches}`)
  }

  /** On phones the on-screen keyboard shrinks the visual viewport alone: follow it. */
  function fit() {
    const view = window.visualViewport
    const full = open && phone.matches && view
    panel.style.height = full ? `${view.height}px` : ''
    panel.style.top = full ? `${view.offsetTop}px` : ''
    panel.style.bottom = full ? 'auto' : ''
  }

  button.addEventListener('click', () => show(!open))
  panel.addEventListener('keydown', (event) => event.key === 'Escape' && show(false))
  window.visualViewport?.addEventListener('resize', fit)
  window.visualViewport?.addEventListener('scroll', fit)
  phone.addEventListener('change', fit)
  window.addEventListener('message', (event) => {
    const heard = heardFrom<FrameMessage>(event, server, frame?.contentWindow)
    if (heard?.t === 'close') show(false)
    if (heard?.t === 'ready') {
      ready = true
      tell({ yilu: 1, t: 'shown', open })
    }
    if (heard?.t === 'unread') {
      badge.textContent = heard.count > 0 ? (heard.count > 99 ? '99+' : String(heard.count)) : ''
      openLabel = String(heard.label)
      render()
    }
  })

  render()
  document.body.append(host)
  // who has chatted here before gets the badge at once; others load nothing before they ask
  if (remembered()) load()
}

function aria(element: HTMLElement, name: string, value: string) {
  element.setAttribute(`aria-${name}`, value)
}

function applyStyle(shadow: ShadowRoot) {
  if ('adoptedStyleSheets' in shadow && 'replaceSync' in CSSStyleSheet.prototype) {
    // passes a page's strict style-src, which a <style> element would not
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(loaderStyle)
    shadow.adoptedStyleSheets = [sheet]
  } else shadow.appendChild(document.createElement('style')).textContent = loaderStyle
}

function remember() {
  try {
    localStorage.setItem(OPENED_BEFORE, '1')
  } catch {
    // a page without storage loads the chat on the first tap
  }
}

function remembered() {
  try {
    return localStorage.getItem(OPENED_BEFORE) === '1'
  } catch {
    return false
  }
}

const script = document.currentScript
if (script instanceof HTMLScriptElement && !document.querySelector('yilu-chat')) {
  if (document.body) start(script)
  else document.addEventListener('DOMContentLoaded', () => start(script))
}
