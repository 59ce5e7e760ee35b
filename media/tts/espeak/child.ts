import type { ChildProcess } from 'node:child_process'
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { AudioQueue } from '../audio-queue.ts'
import { createAudioQueue } from '../audio-queue.ts'
import type { FromEspeak, ToEspeak, Utterance } from './protocol.ts'

export interface EspeakChild {
  /** @throws (while iterating) Error when the process is down, dies, or has nothing to say for too long */
  say(utterance: Utterance, signal: AbortSignal): AsyncIterable<Int16Array>
  /** the process that runs now, for operators and tests */
  pid(): number | undefined
  stop(): Promise<void>
}

export interface EspeakChildOptions {
  onError?: (error: Error) => void
  /** a process with work that says nothing for this long hangs, and is killed. Default 5,000 */
  silentMs?: number
  /** no request waits longer for its next audio: the process is too busy, or is being started. Default 10,000 */
  waitMs?: number
  /** an utterance ends there. Default five minutes: more than anyone listens to; 5 MB in memory */
  maxAudioMs?: number
  /** first pause before starting again after a crash; doubles up to 60 times as long. Default 250 */
  backOffMs?: number
}

const MAX_BACK_OFF = 60
/** loading takes 0.2–0.6 s idle, and several seconds on a machine that starts everything at once */
const START_MS = 20_000
const STOP_MS = 2000

interface Waiting {
  queue: AudioQueue
  timer: NodeJS.Timeout
}

/** Starts the process, and again after every end, with growing pauses. A crash fails only what was in hand. */
export function startEspeak(options: EspeakChildOptions = {}): EspeakChild {
  const {
    onError = () => undefined,
    silentMs = 5000,
    waitMs = 10_000,
    maxAudioMs = 300_000,
    backOffMs = 250,
  } = options
  const waiting = new Map<number, Waiting>()
  let child: ChildProcess | undefined
  let up = deferred()
  let restart: NodeJS.Timeout | undefined
  let nextId = 1
  let failures = 0
  let stopping = false
  let watchdog: NodeJS.Timeout | undefined

  function start(): void {
    restart = undefined
    const started = fork(entry(), [], {
      execArgv: fromSource() ? ['--import', 'tsx'] : [],
      // frames of audio as they are, not as JSON
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    })
    child = started
    let stderr = ''
    started.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stderr = (stderr + text).slice(-2000)
    })
    const timer = setTimeout(() => started.kill('SIGKILL'), START_MS)
    started.once('message', () => {
      clearTimeout(timer)
      up.resolve()
    })
    started.on('message', (message: FromEspeak) => receive(message))
    started.on('error', (error) => {
      // no process could be made: there will be no exit
      if (started.pid !== undefined || stopping) return
      child = undefined
      clearTimeout(timer)
      ended(error)
    })
    started.once('exit', (code, killedBy) => {
      clearTimeout(timer)
      if (child === started) child = undefined
      if (stopping) return
      ended(
        new ProcessEnded(
          `espeak ended with ${killedBy ?? `code ${code}`} ${lastLine(stderr)}`.trim(),
        ),
      )
    })
  }

  function receive(message: FromEspeak): void {
    if ('ready' in message) return
    watch()
    const request = waiting.get(message.id)
    if (!request) return
    if ('audio' in message) {
      request.timer.refresh()
      request.queue.push(message.audio)
      return
    }
    failures = 0
    finish(message.id, 'error' in message ? new Error(message.error) : undefined)
  }

  /** As long as anybody waits, some word is due. */
  function watch(): void {
    clearTimeout(watchdog)
    if (waiting.size) watchdog = setTimeout(() => child?.kill('SIGKILL'), silentMs)
  }

  function finish(id: number, error?: Error): void {
    const request = waiting.get(id)
    if (!request) return
    clearTimeout(request.timer)
    waiting.delete(id)
    if (!waiting.size) clearTimeout(watchdog)
    request.queue.end(error)
  }

  function ended(error: Error): void {
    for (const id of [...waiting.keys()]) finish(id, error)
    up = deferred()
    onError(error)
    restart = setTimeout(start, backOffMs * Math.min(2 ** failures, MAX_BACK_OFF))
    failures++
  }

  const send = (message: ToEspeak) => {
    if (child?.connected) child.send(message)
  }

  /** A process that is being started again is waited for: it takes less time than a caller notices. */
  async function isUp(signal: AbortSignal): Promise<void> {
    let timer: NodeJS.Timeout | undefined
    const tooLong = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('espeak is being started')), waitMs)
    })
    await Promise.race([up.promise, tooLong]).finally(() => clearTimeout(timer))
    signal.throwIfAborted()
  }

  async function* say(utterance: Utterance, signal: AbortSignal) {
    for (let again = false; ; again = true) {
      let heard = false
      try {
        for await (const frame of sayOnce(utterance, signal)) {
          heard = true
          yield frame
        }
        return
      } catch (error) {
        // nothing of it was heard yet: the process that follows may well say it
        if (again || heard || !(error instanceof ProcessEnded)) throw error
      }
    }
  }

  async function* sayOnce(utterance: Utterance, signal: AbortSignal) {
    await isUp(signal)
    const id = nextId++
    const drop = (error: Error) => {
      send({ do: 'cancel', id })
      finish(id, error)
    }
    const cancel = () => drop(abortError(signal))
    const queue = createAudioQueue(cancel)
    const timer = setTimeout(() => drop(new Error('espeak is too busy')), waitMs)
    waiting.set(id, { queue, timer })
    if (waiting.size === 1) watch()
    signal.addEventListener('abort', cancel, { once: true })
    try {
      send({ do: 'say', id, maxAudioMs, ...utterance })
      yield* queue
    } finally {
      signal.removeEventListener('abort', cancel)
    }
  }

  start()
  return {
    say,
    pid: () => child?.pid,
    async stop() {
      stopping = true
      clearTimeout(restart)
      for (const id of [...waiting.keys()]) finish(id, new Error('espeak is stopped'))
      const last = child
      if (!last) return
      const exited = new Promise((resolve) => last.once('exit', resolve))
      if (last.connected) last.disconnect()
      const timer = setTimeout(() => last.kill('SIGKILL'), STOP_MS)
      await exited
      clearTimeout(timer)
    },
  }
}

class ProcessEnded extends Error {}

function deferred() {
  let resolve!: () => void
  const promise = new Promise<void>((done) => (resolve = done))
  return { promise, resolve }
}

const abortError = (signal: AbortSignal) =>
  signal.reason instanceof Error ? signal.reason : new Error('nobody listens any more')

const lastLine = (text: string) => text.trim().split('\n').at(-1) ?? ''

const fromSource = () => import.meta.url.endsWith('.ts')

/** In production this file is part of dist/main.js, and the process lies beside it as tts-process.js. */
const entry = () =>
  fileURLToPath(new URL(fromSource() ? './process.ts' : './tts-process.js', import.meta.url))
