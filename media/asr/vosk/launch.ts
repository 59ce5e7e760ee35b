import type { ChildProcess } from 'node:child_process'
import { fork } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'

export interface RecogniserProcess {
  /** where it speaks the vosk-server protocol */
  url: string
  pid: number
  /** resolves when it has ended, with the reason */
  ended: Promise<string>
  stop(): Promise<void>
}

/** a model of 2 GB is read from a slow disk in that time */
const START_MS = 60_000
const STOP_MS = 2_000
const MAX_MESSAGE_CHARS = 2048

/**
 * Starts a process that holds one model.
 * @param signal ends it while it still loads
 * @throws Error with the process's own words if it does not get ready
 */
export async function launchRecogniser(
  library: string,
  modelDir: string,
  signal?: AbortSignal,
): Promise<RecogniserProcess> {
  const child = fork(entry(), ['--library', library, '--model', modelDir], {
    // not the parent's own: an inspector or a loader there is no business of the recogniser
    execArgv: fromSource() ? ['--import', 'tsx'] : [],
    // streams decode on threads of libuv's pool
    env: { ...process.env, UV_THREADPOOL_SIZE: String(Math.max(4, availableParallelism())) },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  const ended = whenEnded(child)
  const leave = () => child.connected && child.disconnect()
  signal?.addEventListener('abort', leave, { once: true })
  const url = await ready(child, ended)
  return {
    url,
    pid: child.pid!,
    ended,
    async stop() {
      leave()
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS)
      await ended
      clearTimeout(timer)
    },
  }
}

const fromSource = () => import.meta.url.endsWith('.ts')

/** In production this file is part of a bundle in dist, and the process lies beside it as asr-process.js. */
const entry = () =>
  fileURLToPath(new URL(fromSource() ? './process.ts' : './asr-process.js', import.meta.url))

function whenEnded(child: ChildProcess): Promise<string> {
  let words = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    words = (words + text).slice(-MAX_MESSAGE_CHARS)
  })
  // 'close' of the child itself is not emitted after disconnect()
  const silent = new Promise((resolve) => child.stderr?.once('close', resolve))
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('exit', (code, signal) => {
      const how = `the recogniser ended with ${signal ?? `code ${String(code)}`}`
      void silent.then(() => resolve(words.trim() || how))
    })
  })
}

async function ready(child: ChildProcess, ended: Promise<string>): Promise<string> {
  let timer: NodeJS.Timeout | undefined
  const told = new Promise<string>((resolve, reject) => {
    child.once('message', (message: { url: string }) => resolve(message.url))
    timer = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new Error(`the recogniser was not ready within ${START_MS / 1000} s`))
    }, START_MS)
  })
  const failed = ended.then((reason) => Promise.reject(new Error(reason)))
  try {
    return await Promise.race([told, failed])
  } finally {
    clearTimeout(timer)
    failed.catch(() => undefined)
  }
}
