/**
 * Work on what strangers send (documents, sound), each piece in a thread of its own: it may not take more memory
 * or time than it was given, and whatever becomes of it, calls and messages go on.
 */
import { Worker } from 'node:worker_threads'
import type { ErrorCode } from '../errors.ts'
import { fail, YiluError } from '../errors.ts'

export interface BoundedThreadsOptions {
  /** what the thread runs: among the sources, and beside the bundle */
  source: URL
  bundle: URL
  /** of objects and strings; what lies outside of V8's heap the work has to bound itself */
  heapMb: number
  timeoutMs: number
  /** threads beside each other */
  atATime: number
  /** who comes when so many wait already is refused with RATE_LIMITED */
  waiting: number
}

export interface Given<I> {
  entry: string
  input: I
}

export type FromThread =
  | { value: unknown }
  | { code: ErrorCode; details: unknown }
  /** of an exception nobody foresaw */
  | { reason: string }

/** The work did not end by itself, or ended in an exception. */
export class ThreadFailed extends Error {
  readonly why: 'memory' | 'time' | 'exception'
  constructor(why: ThreadFailed['why'], message: string) {
    super(message)
    this.name = 'ThreadFailed'
    this.why = why
  }
}

const STACK_MB = 4

export class BoundedThreads<I, O> {
  private readonly options: BoundedThreadsOptions
  private running = 0
  private readonly queue: (() => void)[] = []

  constructor(options: BoundedThreadsOptions) {
    this.options = options
  }

  /** @throws YiluError of the work, RATE_LIMITED; ThreadFailed */
  async run(input: I, transfer: ArrayBuffer[] = []): Promise<O> {
    if (this.running >= this.options.atATime) {
      if (this.queue.length >= this.options.waiting) fail('RATE_LIMITED')
      await new Promise<void>((resolve) => this.queue.push(resolve))
    }
    this.running++
    try {
      return await this.inThread(input, transfer)
    } finally {
      this.running--
      this.queue.shift()?.()
    }
  }

  private inThread(input: I, transferList: ArrayBuffer[]): Promise<O> {
    const { source, bundle, heapMb, timeoutMs } = this.options
    const fromSource = import.meta.url.endsWith('.ts')
    const worker = new Worker(fromSource ? new URL('./from-source.mjs', import.meta.url) : bundle, {
      workerData: { entry: source.href, input } satisfies Given<I>,
      transferList,
      // nothing of the house's secrets is needed in there
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: heapMb, stackSizeMb: STACK_MB },
    })
    // an unfinished import keeps nobody from stopping the house
    worker.unref()
    return new Promise<O>((resolve, reject) => {
      const late = () => settle(() => reject(new ThreadFailed('time', 'it took too long')))
      const timer = setTimeout(late, timeoutMs)
      const settle = (tell: () => void) => {
        clearTimeout(timer)
        void worker.terminate()
        tell()
      }
      worker.on('message', (message: FromThread) =>
        settle(() => {
          if ('value' in message) resolve(message.value as O)
          else if ('code' in message) reject(new YiluError(message.code, message.details))
          else reject(new ThreadFailed('exception', message.reason))
        }),
      )
      worker.on('error', (error: NodeJS.ErrnoException) => {
        const why = error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'memory' : 'exception'
        settle(() => reject(new ThreadFailed(why, error.message)))
      })
      worker.on('exit', () =>
        settle(() => reject(new ThreadFailed('exception', 'the thread has ended'))),
      )
    })
  }
}
