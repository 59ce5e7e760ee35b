/** The browser, as the chat needs it: socket, token over HTTP, clock, chance, storage. */
import type { ChatWorld } from './chat.ts'
import { TokenRefused } from './connection.ts'
import { errorOf } from './file-check.ts'
import { openSocket } from './open-socket.ts'
import { memoryStorage } from './store.ts'
import type { KeyValue, Store } from './store.ts'
import type { TokenResponse, WireError } from './wire.ts'

/** A token about to end is renewed before use, not in the middle of a sentence. */
const RENEW_BEFORE_MS = 10 * 60_000

export function browserStorage(): KeyValue {
  try {
    localStorage.setItem('yilu:try', '1')
    localStorage.removeItem('yilu:try')
    return localStorage
  } catch {
    return memoryStorage()
  }
}

export function browserWorld(account: string, store: Store): ChatWorld {
  return {
    now: () => Date.now(),
    random: () => Math.random(),
    newId,
    after(ms, run) {
      const timer = setTimeout(run, ms)
      return () => clearTimeout(timer)
    },
    openSocket: (events) => openSocket('/webchat/ws', events),
    token: (stale) => heldToken(account, store, stale),
  }
}

async function heldToken(account: string, store: Store, stale?: string): Promise<TokenResponse> {
  const held = store.loadToken()
  const good = held && held.token !== stale && held.expiresAtMs - Date.now() > RENEW_BEFORE_MS
  if (good) return held
  const response = await fetch('/webchat/token', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ account, ...(held && { token: held.token }) }),
  })
  if (response.status >= 400 && response.status < 500 && response.status !== 429) {
    throw new TokenRefused(errorOf(await response.json().catch(() => undefined)) as WireError)
  }
  if (!response.ok) throw new Error(`token: ${response.status}`)
  const token = (await response.json()) as TokenResponse
  store.saveToken(token)
  return token
}

/** 128 random bits; fits the protocol's clientMsgId. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
