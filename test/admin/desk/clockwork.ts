import type { Socket, Timers } from '../../../admin/src/desk/link/connection.ts'
import type { DeskFrame, DeskRequest } from '../../../gateway/desk/protocol.ts'

/** Timers that run when told. */
export class Clockwork implements Timers {
  nowMs = 0
  #timers = new Map<number, { atMs: number; callback: () => void }>()
  #next = 1

  set(callback: () => void, afterMs: number): unknown {
    this.#timers.set(this.#next, { atMs: this.nowMs + afterMs, callback })
    return this.#next++
  }

  clear(timer: unknown): void {
    this.#timers.delete(timer as number)
  }

  pass(ms: number): void {
    const end = this.nowMs + ms
    for (;;) {
      const due = [...this.#timers]
        .filter(([, t]) => t.atMs <= end)
        .sort((a, b) => a[1].atMs - b[1].atMs)[0]
      if (!due) break
      this.#timers.delete(due[0])
      this.nowMs = due[1].atMs
      due[1].callback()
    }
    this.nowMs = end
  }
}

/** The far end of a socket, in the test's hand. */
export class FakeSocket implements Socket {
  onopen: (() => void) | null = null
  onmessage: ((event: { data: unknown }) => void) | null = null
  onclose: (() => void) | null = null
  closed = false
  requests: DeskRequest[] = []

  send(text: string): void {
    this.requests.push(JSON.parse(text) as DeskRequest)
  }
  close(): void {
    this.closed = true
  }
  open(): void {
    this.onopen?.()
  }
  push(frame: DeskFrame): void {
    this.onmessage?.({ data: JSON.stringify(frame) })
  }
  break(): void {
    this.onclose?.()
  }
  /** the newest request of this kind */
  asked(command: DeskRequest['command']['do']): DeskRequest | undefined {
    return this.requests.findLast((request) => request.command.do === command)
  }
  all(command: DeskRequest['command']['do']): DeskRequest[] {
    return this.requests.filter((request) => request.command.do === command)
  }
}

/** Lets promises that are ready go on. */
export const settle = () => new Promise<void>((resolve) => setImmediate(resolve))
