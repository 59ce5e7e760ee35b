/** Keeps the process of one account alive, and passes on what it tells. */
import type { ChildProcess } from 'node:child_process'
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { BridgeEvent, BridgeState } from './bridge-state.ts'
import { firstBridgeState, nextBridgeState } from './bridge-state.ts'
import type { BridgeMessage, BridgePiece, BridgeSetup, FromBridge, ToBridge } from './protocol.ts'

/** Sending waits its turn behind others; a file takes longest. */
const ANSWER_MS = 120_000
const STOP_MS = 3_000

export type BridgeAnswer =
  | { ok: true; file?: { name: string; base64: string } }
  /** unknown: the process ended while it had it in hand */
  | { ok: false; code: string; unknown?: true }

export interface BridgeOptions {
  setup: BridgeSetup
  now: () => number
  /** tests: what node is started with */
  execArgv?: string[]
  onState: (state: BridgeState, about: { detail?: string }) => void
  onMessage: (message: BridgeMessage) => void
  onError: (error: unknown) => void
}

interface Asked {
  resolve: (answer: BridgeAnswer) => void
  timer: NodeJS.Timeout
}

export class Bridge {
  private readonly options: BridgeOptions
  private readonly asked = new Map<number, Asked>()
  private state: BridgeState = firstBridgeState
  private child: ChildProcess | undefined
  private restart: NodeJS.Timeout | undefined
  private nextId = 1
  private stopping = false

  constructor(options: BridgeOptions) {
    this.options = options
  }

  /** the process that runs now, for tests */
  get pid(): number | undefined {
    return this.child?.pid
  }

  get phase(): BridgeState['phase'] {
    return this.state.phase
  }

  start(): void {
    if (this.stopping || this.child) return
    const child = fork(entry(), [], {
      execArgv: [...(fromSource() ? ['--import', 'tsx'] : []), ...(this.options.execArgv ?? [])],
      // wechaty logs what people write: it has no place to
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      env: { ...process.env, WECHATY_LOG: 'silent', NODE_NO_WARNINGS: '1' },
    })
    this.child = child
    this.step({ is: 'begun' })
    child.on('message', (message: FromBridge) => this.child === child && this.heard(message))
    child.on('error', (error) => {
      this.options.onError(error)
      // no process could be made: there will be no exit
      if (child.pid === undefined) this.ended(child)
    })
    child.once('exit', () => this.ended(child))
    this.tell({ do: 'begin', setup: this.options.setup })
  }

  send(to: string, piece: BridgePiece): Promise<BridgeAnswer> {
    return this.ask((id) => ({ ...{ do: 'send', id }, to, piece }))
  }

  fetch(messageId: string): Promise<BridgeAnswer> {
    return this.ask((id) => ({ ...{ do: 'fetch', id }, messageId }))
  }

  async stop(): Promise<void> {
    this.stopping = true
    clearTimeout(this.restart)
    const { child } = this
    if (!child) return
    const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
    this.tell({ do: 'stop' })
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS)
    await exited
    clearTimeout(timer)
  }

  private ask(message: (id: number) => ToBridge): Promise<BridgeAnswer> {
    // nothing is handed over that is not going out now
    if (!this.child || this.state.phase !== 'online')
      return Promise.resolve({ ok: false, code: 'NOT_SIGNED_IN' })
    const id = this.nextId++
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.asked.delete(id)
        resolve({ ok: false, code: 'NO_ANSWER', unknown: true })
      }, ANSWER_MS)
      this.asked.set(id, { resolve, timer })
      this.tell(message(id))
    })
  }

  private tell(message: ToBridge): void {
    // a process that is just ending cannot be told anything; its exit answers whoever waits
    this.child?.send(message, (error) => error && this.child?.kill('SIGKILL'))
  }

  private heard(message: FromBridge): void {
    switch (message.tell) {
      case 'message':
        this.options.onMessage(message.message)
        break
      case 'done':
        this.answered(message.id, { ok: true, ...(message.file && { file: message.file }) })
        break
      case 'failed': {
        const { code } = message
        // the puppet failed in the middle of it: it may have gone out
        const unknown = code === 'PUPPET_FAILED'
        this.answered(message.id, { ...{ ok: false, code }, ...(unknown && { unknown }) })
        break
      }
      case 'scan':
        this.step({ ...{ is: 'scan', qrText: message.qrText }, scanned: message.scanned })
        break
      case 'error':
        this.step({ is: 'error' }, { detail: message.detail })
        break
      case 'missing':
        this.step({ is: 'missing' }, { detail: message.name })
        this.child?.kill('SIGKILL')
        break
      default:
        this.step({ is: message.tell })
    }
  }

  private answered(id: number, answer: BridgeAnswer): void {
    const asked = this.asked.get(id)
    if (!asked) return
    clearTimeout(asked.timer)
    this.asked.delete(id)
    asked.resolve(answer)
  }

  private ended(child: ChildProcess): void {
    if (this.child !== child) return
    this.child = undefined
    for (const id of [...this.asked.keys()])
      this.answered(id, { ok: false, code: 'BRIDGE_ENDED', unknown: true })
    if (!this.stopping) this.step({ is: 'ended' })
  }

  private step(event: BridgeEvent, about: { detail?: string } = {}): void {
    const { state, kill, restMs } = nextBridgeState(this.state, event, this.options.now())
    this.state = state
    this.options.onState(state, about)
    if (kill) this.child?.kill('SIGKILL')
    if (restMs !== undefined) this.restart = setTimeout(() => this.start(), restMs)
  }
}

/** In production this file is part of dist/main.js, and the process lies beside it as wechaty-process.js. */
const entry = () =>
  fileURLToPath(new URL(fromSource() ? './process.ts' : './wechaty-process.js', import.meta.url))
const fromSource = () => import.meta.url.endsWith('.ts')
