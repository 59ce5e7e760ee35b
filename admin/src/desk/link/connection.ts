/**
 * One WebSocket to the desk that comes back by itself. Commands are answered by `done` or `refused`;
 * whatever is still unanswered when the line breaks is rejected as OFFLINE, and its caller decides.
 */
import type { DeskCommand, DeskFrame } from '../../../../gateway/desk/protocol.ts'
import { ApiError, offline } from '../../api/error.ts'

/** The part of a browser's WebSocket used here. */
export interface Socket {
  send(text: string): void
  close(): void
  onopen: (() => void) | null
  onmessage: ((event: { data: unknown }) => void) | null
  onclose: (() => void) | null
}

export interface Timers {
  set(callback: () => void, afterMs: number): unknown
  clear(timer: unknown): void
}

export interface ConnectionPorts {
  dial(): Socket
  timers: Timers
  /** 0…1 */
  random(): number
  onFrame(frame: Exclude<DeskFrame, { t: 'done' | 'refused' }>): void
  /** `attempts` in vain since the line was last up */
  onLost(attempts: number): void
}

const FIRST_RETRY_MS = 500
const LAST_RETRY_MS = 15_000
const PING_MS = 20_000
/** a line on which neither answers nor pushes come for this long is dead, whatever TCP believes */
const SILENCE_MS = 50_000
const ANSWER_MS = 20_000

interface Waiting {
  resolve(result: unknown): void
  reject(error: ApiError): void
  timer: unknown
}

export class Connection {
  readonly #ports: ConnectionPorts
  readonly #waiting = new Map<number, Waiting>()
  #socket: Socket | undefined
  #open = false
  #nextId = 1
  #attempts = 0
  #stopped = false
  #retry: unknown
  #ping: unknown
  #silence: unknown

  constructor(ports: ConnectionPorts) {
    this.#ports = ports
    this.#dial()
  }

  /** Rejects with ApiError: the server's refusal, or OFFLINE when no answer came. */
  request(command: DeskCommand): Promise<unknown> {
    const socket = this.#socket
    if (!socket || !this.#open) return Promise.reject(offline())
    const id = this.#nextId++
    return new Promise((resolve, reject) => {
      const timer = this.#ports.timers.set(() => this.#answer(id)?.reject(offline()), ANSWER_MS)
      this.#waiting.set(id, { resolve, reject, timer })
      socket.send(JSON.stringify({ id, command }))
    })
  }

  /** The network came back: do not wait for the back-off to end. */
  hurry(): void {
    if (this.#stopped || this.#socket) return
    this.#ports.timers.clear(this.#retry)
    this.#dial()
  }

  stop(): void {
    this.#stopped = true
    this.#ports.timers.clear(this.#retry)
    this.#hangUp()
  }

  #dial(): void {
    const socket = this.#ports.dial()
    this.#socket = socket
    socket.onopen = () => {
      this.#open = true
      this.#keepAlive()
      this.#heard()
    }
    socket.onmessage = ({ data }) => this.#receive(String(data))
    socket.onclose = () => this.#lost()
    this.#heard()
  }

  #receive(text: string): void {
    this.#heard()
    const frame = JSON.parse(text) as DeskFrame
    if (frame.t === 'done') {
      this.#answer(frame.id)?.resolve(frame.result)
      return
    }
    if (frame.t === 'refused') {
      this.#answer(frame.id)?.reject(new ApiError(0, frame.error))
      return
    }
    if (frame.t === 'welcome') this.#attempts = 0
    if (frame.t === 'signedOut') this.stop()
    this.#ports.onFrame(frame)
  }

  #answer(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id)
    if (waiting) {
      this.#waiting.delete(id)
      this.#ports.timers.clear(waiting.timer)
    }
    return waiting
  }

  #keepAlive(): void {
    this.#ping = this.#ports.timers.set(() => {
      this.request({ do: 'ping' }).catch(() => undefined)
      this.#keepAlive()
    }, PING_MS)
  }

  #heard(): void {
    this.#ports.timers.clear(this.#silence)
    this.#silence = this.#ports.timers.set(() => this.#lost(), SILENCE_MS)
  }

  #hangUp(): void {
    const socket = this.#socket
    this.#socket = undefined
    this.#open = false
    this.#ports.timers.clear(this.#ping)
    this.#ports.timers.clear(this.#silence)
    if (socket) {
      socket.onopen = socket.onmessage = socket.onclose = null
      socket.close()
    }
    for (const id of [...this.#waiting.keys()]) this.#answer(id)?.reject(offline())
  }

  #lost(): void {
    this.#hangUp()
    if (this.#stopped) return
    this.#attempts += 1
    this.#retry = this.#ports.timers.set(
      () => this.#dial(),
      backOffMs(this.#attempts, this.#ports.random()),
    )
    this.#ports.onLost(this.#attempts)
  }
}

/** Doubles, with jitter so that 200 consoles do not return in the same moment after a restart. */
export function backOffMs(attempt: number, random: number): number {
  return Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** (attempt - 1)) * (0.5 + random / 2)
}
