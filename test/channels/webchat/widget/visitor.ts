/** A visitor's widget on a virtual clock, with the server played by the test. */
import { createChat } from '../../../../channels/webchat/widget/chat.ts'
import type { ChatWorld } from '../../../../channels/webchat/widget/chat.ts'
import type { SocketEvents } from '../../../../channels/webchat/widget/connection.ts'
import { lines } from '../../../../channels/webchat/widget/lines.ts'
import { createStore, memoryStorage } from '../../../../channels/webchat/widget/store.ts'
import type { KeyValue } from '../../../../channels/webchat/widget/store.ts'
import type {
  ClientFrame,
  ServerFrame,
  TokenResponse,
  VisitorMessage,
} from '../../../../channels/webchat/widget/wire.ts'

export const START_MS = Date.UTC(2026, 10, 21, 8)

export class VirtualClock {
  nowMs = START_MS
  #timers: { atMs: number; run: () => void }[] = []

  after = (ms: number, run: () => void): (() => void) => {
    const timer = { atMs: this.nowMs + ms, run }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter((held) => held !== timer)
    }
  }

  /** lets time pass, with the promises between two timers settled */
  async pass(ms: number): Promise<void> {
    const untilMs = this.nowMs + ms
    await settle()
    for (;;) {
      const due = this.#timers
        .filter(({ atMs }) => atMs <= untilMs)
        .sort((a, b) => a.atMs - b.atMs)[0]
      if (!due) break
      this.#timers = this.#timers.filter((held) => held !== due)
      this.nowMs = Math.max(this.nowMs, due.atMs)
      due.run()
      await settle()
    }
    this.nowMs = untilMs
  }
}

async function settle() {
  for (let turn = 0; turn < 5; turn++) await Promise.resolve()
}

export class ServerEnd {
  readonly heard: ClientFrame[] = []
  readonly #events: SocketEvents
  closed = false
  constructor(events: SocketEvents) {
    this.#events = events
  }
  accept = () => this.#events.onOpen()
  say = (...frames: ServerFrame[]) => {
    for (const frame of frames) this.#events.onText(JSON.stringify(frame))
  }
  hangUp = () => this.#events.onClose()
  /** frames of one kind, in the order heard */
  all<T extends ClientFrame['t']>(t: T): Extract<ClientFrame, { t: T }>[] {
    return this.heard.filter((frame): frame is Extract<ClientFrame, { t: T }> => frame.t === t)
  }
}

export function visitor(options: { storage?: KeyValue; clock?: VirtualClock } = {}) {
  const storage = options.storage ?? memoryStorage()
  const clock = options.clock ?? new VirtualClock()
  const sockets: ServerEnd[] = []
  const staleTokens: (string | undefined)[] = []
  let ids = 0
  const tokenDoor: { answer: () => Promise<TokenResponse> } = {
    answer: () => Promise.resolve(tokenOf(`token-${staleTokens.length}`)),
  }
  const world: ChatWorld = {
    now: () => clock.nowMs,
    after: clock.after,
    random: () => 0.5,
    newId: () => `client-msg-${clock.nowMs}-${++ids}`,
    token: (stale) => {
      staleTokens.push(stale)
      return tokenDoor.answer()
    },
    openSocket: (events) => {
      const end = new ServerEnd(events)
      sockets.push(end)
      return {
        send: (text) => void end.heard.push(JSON.parse(text) as ClientFrame),
        close: () => {
          end.closed = true
        },
      }
    },
  }
  const chat = createChat(world, createStore(storage, 'web'), 'en')
  return {
    chat,
    clock,
    storage,
    sockets,
    staleTokens,
    tokenDoor,
    /** the newest socket, once the widget has dialled */
    async server(): Promise<ServerEnd> {
      await clock.pass(0)
      const newest = sockets.at(-1)
      if (!newest) throw new Error('the widget has not dialled')
      return newest
    },
    /** what stands in the log, own words with their state */
    log: () =>
      lines(chat.state).map(({ parts, own }) => {
        const words = parts.map((part) => ('text' in part ? part.text : part.type)).join(' ')
        return own ? `${words} (${own})` : words
      }),
  }
}

/** Dials, opens, greets: the widget is online afterwards. */
export async function online(guest: ReturnType<typeof visitor>): Promise<ServerEnd> {
  guest.chat.start()
  const server = await guest.server()
  server.accept()
  server.say(ready())
  return server
}

export function tokenOf(token: string): TokenResponse {
  return {
    token,
    visitorId: 'visitor-1',
    expiresAtMs: START_MS + 86_400_000,
    title: { 'zh-CN': '热线', en: 'Hotline' },
    greeting: { 'zh-CN': '您好', en: 'Hello' },
  }
}

export function ready(over: Partial<Extract<ServerFrame, { t: 'ready' }>> = {}): ServerFrame {
  return {
    t: 'ready',
    visitorId: 'visitor-1',
    lang: 'en',
    status: { state: 'bot' },
    maxTextChars: 4000,
    ...over,
  }
}

export function message(
  place: string,
  text: string,
  over: Partial<VisitorMessage> = {},
): Extract<ServerFrame, { t: 'message' }> {
  const [conversationId = '', seq] = place.split(':')
  return {
    t: 'message',
    message: {
      id: `id-${place}`,
      conversationId,
      seq: Number(seq),
      author: { kind: over.clientMsgId ? 'contact' : 'bot' },
      parts: [{ type: 'text', text }],
      atMs: START_MS,
      ...over,
    },
  }
}
