import { Worker } from 'node:worker_threads'
import { CommandError, maxTimeExpired, sortMemory } from '../errors.ts'
import type { Step } from '../query.ts'
import { INTERRUPTED, Job } from './job.ts'
import type { FromThread, Task, ToThread } from './messages.ts'
import { encodeTask, receiveError } from './messages.ts'

/** So many aggregations are in the thread: one runs while the documents of the next are read. */
const AT_A_TIME = 2
const HEAP_MB = 1024
/** beyond it a timer would go off at once */
const MAX_TIMER_MS = 2 ** 31 - 1

export interface Work {
  task: Task
  /** bytes of the documents that may match; called again when they have to be read again */
  source: () => Iterator<Step<Uint8Array>>
  deadlineMs?: number
}

/**
 * Where the stages of a pipeline run, so that the engine's own thread goes on answering. The thread is
 * started by the first aggregation that needs it, and again if it has ended.
 */
export class AggregationThread {
  private readonly heapMb: number
  private worker: Worker | null = null
  /** in order of arrival; the first few are in the thread, the others wait */
  private readonly jobs = new Map<number, Job>()
  private running: Job | null = null
  private lastId = 0

  /** `heapMb`: memory beyond which the thread is ended rather than the engine */
  constructor(heapMb = HEAP_MB) {
    this.heapMb = heapMb
  }

  /** The results, as pieces of encoded documents. */
  async run({ task, source, deadlineMs }: Work): Promise<Uint8Array[]> {
    const job = new Job(++this.lastId)
    this.jobs.set(job.id, job)
    const expire = () => this.expire(job)
    const timer = deadlineMs && setTimeout(expire, Math.min(deadlineMs - Date.now(), MAX_TIMER_MS))
    try {
      for (;;) {
        try {
          await job.until(() => [...this.jobs.keys()].indexOf(job.id) < AT_A_TIME)
          await this.attempt(job, task, source())
          return job.results
        } catch (error) {
          if (error !== INTERRUPTED) throw error
          job.reset()
        }
      }
    } finally {
      clearTimeout(timer || undefined)
      this.jobs.delete(job.id)
      if (this.running === job) this.running = null
      for (const other of this.jobs.values()) other.notify()
    }
  }

  private async attempt(job: Job, task: Task, source: Iterator<Step<Uint8Array>>): Promise<void> {
    this.worker ??= this.start()
    const { id } = job
    this.send({ kind: 'begin', id, task: encodeTask(task) })
    try {
      await job.feed(source, (piece) => this.send({ kind: 'documents', id, piece }, [piece.buffer]))
      await job.until(() => this.running === null)
      this.running = job
      this.send({ kind: 'run', id })
      await job.until(() => job.done)
    } catch (error) {
      this.send({ kind: 'forget', id })
      throw error
    }
  }

  /** A pipeline that runs can only be stopped together with its thread. */
  private expire(job: Job): void {
    const late = maxTimeExpired('operation exceeded time limit')
    job.fail(late)
    if (this.running === job) this.end(late)
  }

  private send(message: ToThread, transfer: ArrayBuffer[] = []): void {
    this.worker?.postMessage(message, transfer)
  }

  private start(): Worker {
    const worker = new Worker(entry(), {
      resourceLimits: { maxOldGenerationSizeMb: this.heapMb },
    })
    // an idle thread keeps no engine from ending
    worker.unref()
    worker.on('message', (message: FromThread) => this.receive(message))
    let reason: unknown = ended('')
    worker.on('error', (error: NodeJS.ErrnoException) => {
      reason =
        error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooLarge(this.heapMb) : ended(error.message)
    })
    worker.on('exit', () => {
      if (this.worker === worker) this.end(reason)
    })
    return worker
  }

  /** The thread is lost: the aggregation that ran fails with `reason`, one beside it begins again. */
  private end(reason: unknown): void {
    const { worker, running } = this
    this.worker = null
    this.running = null
    worker?.removeAllListeners('message')
    void worker?.terminate()
    for (const job of [...this.jobs.values()].slice(0, AT_A_TIME)) {
      job.fail(running && job !== running ? INTERRUPTED : reason)
    }
  }

  private receive(message: FromThread): void {
    const job = this.jobs.get(message.id)
    if (!job) return
    switch (message.kind) {
      case 'taken':
        job.ahead--
        job.enough ||= message.enough
        break
      case 'results':
        job.results.push(message.piece)
        break
      case 'done':
        job.done = true
        break
      case 'failed':
        job.fail(receiveError(message.error))
    }
    job.notify()
  }
}

/** In production this file is part of a bundle, and the thread's lies beside it. */
const entry = () =>
  new URL(
    import.meta.url.endsWith('.ts') ? './workerFromSource.mjs' : './aggregate-worker.js',
    import.meta.url,
  )

const ended = (why: string) =>
  new CommandError(
    8,
    'UnknownError',
    `the thread this aggregation ran in has ended${why ? `: ${why}` : ''}; it can be tried again`,
  )

const tooLarge = (heapMb: number) =>
  sortMemory(
    `the aggregation needed more than ${heapMb} MB of memory; let $match or $project leave it less`,
  )
