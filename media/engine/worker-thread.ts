import { Worker } from 'node:worker_threads'
import { YiluError, fail } from '../../gateway/errors.ts'
import type {
  Command,
  FromWorker,
  LegEvent,
  Replies,
  Request,
  ToWorker,
  WorkerSettings,
} from './messages.ts'

/** Far above what 300 legs need (60 MB); a leak ends the worker instead of the machine. */
const HEAP_MB = 512

export interface ThreadEvents {
  leg: (event: LegEvent) => void
  lateness: (p99Ms: number, secondP90Ms: number) => void
  recordingFailed: (recording: string, reason: string) => void
  error: (error: Error) => void
  /** the thread has ended; called once, also after `stop` */
  ended: (reason: string) => void
}

type Waiting = { resolve: (result: never) => void; reject: (error: Error) => void }

/** One media worker, seen from the main thread. */
export class WorkerThread {
  readonly ready: Promise<void>
  private readonly worker: Worker
  private readonly events: ThreadEvents
  private readonly waiting = new Map<number, Waiting>()
  private lastRequest = 0
  private hasEnded = false
  private becomeReady!: () => void

  constructor(settings: WorkerSettings, events: ThreadEvents) {
    this.events = events
    this.worker = new Worker(entry(), {
      workerData: settings,
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
    })
    let reason = 'it ended'
    let refuseReady: (error: Error) => void
    this.ready = new Promise((resolve, reject) => {
      this.becomeReady = resolve
      refuseReady = reject
    })
    // whoever waits is told; nobody has to
    this.ready.catch(() => undefined)
    this.worker.on('message', (message: FromWorker) => this.receive(message))
    this.worker.on('error', (error) => (reason = error.message))
    this.worker.on('exit', (code) => {
      this.hasEnded = true
      refuseReady(new Error(`a media worker could not start: ${reason}`))
      for (const { reject } of this.waiting.values()) reject(new YiluError('NO_CALL'))
      this.waiting.clear()
      events.ended(`${reason} (exit code ${code})`)
    })
  }

  command(command: Command, transfer: ArrayBuffer[] = []): void {
    if (!this.hasEnded) this.post(command, transfer)
  }

  /** @throws YiluError what the worker answered; NO_CALL if it has ended */
  async request<K extends Request['kind']>(request: Request & { kind: K }): Promise<Replies[K]> {
    if (this.hasEnded) fail('NO_CALL')
    const id = ++this.lastRequest
    return new Promise<Replies[K]>((resolve, reject) => {
      this.waiting.set(id, { resolve: resolve as (result: never) => void, reject })
      this.post({ ...request, request: id } as ToWorker, [])
    })
  }

  async stop(): Promise<void> {
    await this.worker.terminate()
  }

  private post(message: ToWorker, transfer: ArrayBuffer[]): void {
    this.worker.postMessage(message, transfer)
  }

  private receive(message: FromWorker): void {
    switch (message.kind) {
      case 'ready':
        return this.becomeReady()
      case 'reply':
        this.waiting.get(message.request)?.resolve(message.result as never)
        this.waiting.delete(message.request)
        return
      case 'failed':
        this.waiting.get(message.request)?.reject(new YiluError(message.code, message.details))
        this.waiting.delete(message.request)
        return
      case 'lateness':
        return this.events.lateness(message.p99Ms, message.secondP90Ms)
      case 'recordingFailed':
        return this.events.recordingFailed(message.recording, message.reason)
      case 'error': {
        const error = new Error(message.message)
        if (message.stack) error.stack = message.stack
        return this.events.error(error)
      }
      default:
        return this.events.leg(message)
    }
  }
}

/** In production this file is part of a bundle, and the thread's lies beside it. */
const entry = () =>
  new URL(
    import.meta.url.endsWith('.ts') ? './worker-from-source.mjs' : './media-worker.js',
    import.meta.url,
  )
