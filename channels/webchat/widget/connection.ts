/**
 * One WebSocket that is always coming back: token, hello, back-off with jitter, pings that notice a dead
 * wire. Everything of the browser is handed in, so that a test can hold the clock and the socket.
 */
import type { ClientFrame, ServerFrame, TokenResponse, WireError } from './wire.ts'

export interface Socket {
  send(text: string): void
  close(): void
}

export interface SocketEvents {
  onOpen(): void
  onText(text: string): void
  onClose(): void
}

export interface ConnectionWorld {
  openSocket(events: SocketEvents): Socket
  /** the held token, or a new one; `stale` is one the server no longer takes */
  token(stale?: string): Promise<TokenResponse>
  random(): number
  /** returns what cancels it */
  after(ms: number, run: () => void): () => void
}

export interface ConnectionEvents {
  hello(token: string): ClientFrame
  onFrame(frame: ServerFrame): void
  onLink(link: 'offline' | 'connecting'): void
  onRefusedToken(error: WireError): void
}

export interface Connection {
  start(): void
  /** false when there is no wire to carry it */
  send(frame: ClientFrame): boolean
  /** the network is back or the page is looked at again: do not sit out the back-off */
  wake(): void
  stop(): void
}

/** Thrown by `token()` when the server answered, and said no. */
export class TokenRefused extends Error {
  readonly wireError: WireError
  constructor(wireError: WireError) {
    super(wireError.code)
    this.wireError = wireError
  }
}

const FIRST_DELAY_MS = 500
const LONGEST_DELAY_MS = 30_000
/** An account switched off or an origin not allowed is not mended within seconds. */
const REFUSED_DELAY_MS = 60_000
/** Mobile carriers drop silent connections after 30 s and more. */
const PING_EVERY_MS = 25_000
const PONG_WITHIN_MS = 8_000
/** A connection that dies sooner counts as a failed attempt, else a crashing server is hammered. */
const STABLE_AFTER_MS = 5_000
const OPEN_WITHIN_MS = 15_000

/** Half fixed, half random: thousands of widgets must not all come back in one moment. */
export function backoffMs(attempt: number, random: number): number {
  const ceiling = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(attempt, 16))
  return Math.round(ceiling / 2 + (ceiling / 2) * random)
}

type Phase = 'idle' | 'token' | 'opening' | 'greeting' | 'ready' | 'waiting' | 'stopped'

export function createConnection(world: ConnectionWorld, events: ConnectionEvents): Connection {
  let phase: Phase = 'idle'
  let attempt = 0
  let token = ''
  let socket: Socket | undefined
  /** events of an abandoned socket carry an older number and are ignored */
  let generation = 0
  let cancelTimer = () => {}
  let cancelStable = () => {}

  const timer = (ms: number, run: () => void) => {
    cancelTimer()
    cancelTimer = world.after(ms, run)
  }

  async function dial(stale?: string) {
    const mine = ++generation
    phase = 'token'
    events.onLink('connecting')
    try {
      const answer = await world.token(stale)
      if (mine !== generation) return
      token = answer.token
    } catch (error) {
      if (mine !== generation) return
      if (error instanceof TokenRefused) {
        drop()
        events.onRefusedToken(error.wireError)
        return wait(REFUSED_DELAY_MS)
      }
      return lost()
    }
    if (socket) greet()
    else open(mine)
  }

  function open(mine: number) {
    phase = 'opening'
    timer(OPEN_WITHIN_MS, lost)
    const current: Socket = world.openSocket({
      onOpen: () => {
        if (socket === current) greet()
      },
      onText: (text) => {
        if (socket === current) hear(text)
      },
      onClose: () => {
        if (socket === current) lost()
      },
    })
    if (mine === generation) socket = current
  }

  function greet() {
    phase = 'greeting'
    timer(OPEN_WITHIN_MS, lost)
    socket?.send(JSON.stringify(events.hello(token)))
  }

  function hear(text: string) {
    const frame = parse(text)
    if (!frame) return
    if (frame.t === 'ready') {
      phase = 'ready'
      cancelStable()
      cancelStable = world.after(STABLE_AFTER_MS, () => {
        attempt = 0
      })
    }
    if (phase === 'ready') listen()
    events.onFrame(frame)
    // same socket, new token, hello again
    if (frame.t === 'expired') {
      cancelTimer()
      void dial(token)
    }
  }

  /** any frame shows that the wire lives */
  function listen() {
    timer(PING_EVERY_MS, ping)
  }

  function ping() {
    socket?.send('{"t":"ping"}')
    timer(PONG_WITHIN_MS, lost)
  }

  function lost() {
    drop()
    wait(backoffMs(attempt++, world.random()))
  }

  function wait(ms: number) {
    phase = 'waiting'
    events.onLink('offline')
    timer(ms, () => void dial())
  }

  function drop() {
    generation++
    cancelTimer()
    cancelStable()
    const old = socket
    socket = undefined
    old?.close()
  }

  return {
    start() {
      if (phase === 'idle') void dial()
    },
    send(frame) {
      if (phase !== 'ready' || !socket) return false
      socket.send(JSON.stringify(frame))
      return true
    },
    wake() {
      if (phase === 'waiting') {
        cancelTimer()
        void dial()
      } else if (phase === 'ready') ping()
    },
    stop() {
      phase = 'stopped'
      drop()
    },
  }
}

function parse(text: string): ServerFrame | undefined {
  try {
    const frame: unknown = JSON.parse(text)
    return typeof frame === 'object' && frame !== null && 't' in frame
      ? (frame as ServerFrame)
      : undefined
  } catch {
    return undefined
  }
}
