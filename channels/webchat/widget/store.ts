/**
 * What outlives the page: the last messages, the words not sent yet, the token, the choices made.
 * Unsent words have one key each, so two tabs never overwrite each other's; sending one twice is
 * harmless (clientMsgId). A browser that forbids storage gets a memory that ends with the page.
 */
import type { Outgoing } from './outgoing.ts'
import type { ChatState } from './state.ts'
import { MAX_MESSAGES } from './timeline.ts'
import type { Lang, TokenResponse } from './wire.ts'

export type KeyValue = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

/** `Storage` without needing the DOM's types: tests and the server's compiler read this file too. */
interface Storage {
  readonly length: number
  key(index: number): string | null
  getItem(key: string): string | null
  setItem(key: string, value: string): void
  removeItem(key: string): void
}

export interface Preferences {
  lang?: Lang
  sound?: boolean
}

type Log = Pick<
  ChatState,
  'conversations' | 'messages' | 'agentRead' | 'readUpTo' | 'resume' | 'visitorId'
>

export type Store = ReturnType<typeof createStore>

export function createStore(storage: KeyValue, account: string) {
  const prefix = `yilu:${account}:`

  const read = <T>(name: string, fits: (value: unknown) => value is T): T | undefined => {
    try {
      const value: unknown = JSON.parse(storage.getItem(prefix + name) ?? 'null')
      return fits(value) ? value : undefined
    } catch {
      return undefined
    }
  }
  const write = (name: string, value: unknown): boolean => {
    try {
      storage.setItem(prefix + name, JSON.stringify(value))
      return true
    } catch {
      return false // full or forbidden: the page still works, it only forgets
    }
  }
  const remove = (name: string) => {
    try {
      storage.removeItem(prefix + name)
    } catch {
      // forbidden storage holds nothing to remove
    }
  }

  function loadOutgoing(): Outgoing[] {
    const names: string[] = []
    try {
      for (let index = 0; index < storage.length; index++) {
        const key = storage.key(index)
        if (key?.startsWith(`${prefix}out:`)) names.push(key.slice(prefix.length))
      }
    } catch {
      return []
    }
    return names
      .map((name) => read(name, isOutgoing))
      .filter((held) => held !== undefined)
      .sort((a, b) => a.atMs - b.atMs)
  }

  return {
    load(): Partial<ChatState> {
      const log = read('log', isLog)
      const own = new Set(log?.messages.map((message) => message.clientMsgId))
      const outgoing = loadOutgoing().filter((held) => !own.has(held.clientMsgId))
      return { ...log, outgoing }
    },

    saveLog(state: ChatState) {
      const { conversations, messages, agentRead, readUpTo, resume, visitorId } = state
      const log: Log = { conversations, messages, agentRead, readUpTo, resume, visitorId }
      for (let keep = MAX_MESSAGES; keep >= 1; keep = Math.floor(keep / 2)) {
        if (write('log', { ...log, messages: messages.slice(-keep) })) return
      }
    },

    /** writes what changed between two states of the queue */
    saveOutgoing(before: readonly Outgoing[], now: readonly Outgoing[]) {
      for (const held of now) if (!before.includes(held)) write(`out:${held.clientMsgId}`, held)
      const alive = new Set(now.map((held) => held.clientMsgId))
      for (const gone of before) if (!alive.has(gone.clientMsgId)) remove(`out:${gone.clientMsgId}`)
    },

    loadToken: () => read('token', isToken),
    saveToken: (token: TokenResponse) => void write('token', token),
    loadPreferences: () => read('preferences', isPreferences) ?? {},
    savePreferences: (preferences: Preferences) => void write('preferences', preferences),
  }
}

export function memoryStorage(): KeyValue {
  const held = new Map<string, string>()
  return {
    get length() {
      return held.size
    },
    key: (index) => [...held.keys()][index] ?? null,
    getItem: (key) => held.get(key) ?? null,
    setItem: (key, value) => void held.set(key, value),
    removeItem: (key) => void held.delete(key),
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

function isLog(value: unknown): value is Log {
  return (
    isObject(value) &&
    Array.isArray(value.conversations) &&
    Array.isArray(value.messages) &&
    isObject(value.agentRead)
  )
}

function isOutgoing(value: unknown): value is Outgoing {
  return isObject(value) && typeof value.clientMsgId === 'string' && isObject(value.content)
}

function isToken(value: unknown): value is TokenResponse {
  return (
    isObject(value) &&
    typeof value.token === 'string' &&
    typeof value.expiresAtMs === 'number' &&
    isObject(value.title) &&
    isObject(value.greeting)
  )
}

function isPreferences(value: unknown): value is Preferences {
  return isObject(value)
}
