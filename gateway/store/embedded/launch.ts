import type { ChildProcess } from 'node:child_process'
import { fork } from 'node:child_process'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fittingSocketPath } from './socketPath.ts'

export interface LaunchOptions {
  /** folder of the data; made if it does not exist */
  dataDir: string
  /** default: `engine.sock` in the data folder, or a shorter path where that is too long */
  socketPath?: string
  /** how often expired documents are looked for; default 5,000 */
  ttlIntervalMs?: number
}

export interface EngineExit {
  code: number | null
  signal: NodeJS.Signals | null
  /** what the engine wrote to its standard error, at most the last 4 kB */
  message: string
}

export interface LaunchedEngine {
  /** connection string for the mongodb driver and mongoose */
  uri: string
  pid: number
  /** end the engine in good order; resolves when it has exited */
  stop(): Promise<void>
  /** called once when the engine has exited, also after `stop` */
  onExit(callback: (exit: EngineExit) => void): void
}

const START_MS = 20_000
const STOP_MS = 10_000
const MAX_MESSAGE_CHARS = 4096

/**
 * Start the embedded engine in a child process and wait until it answers. Rejects with the engine's own
 * words if it cannot start, for example because another engine has the data folder.
 */
export async function launchEngine(options: LaunchOptions): Promise<LaunchedEngine> {
  const data = resolve(options.dataDir)
  const socket = fittingSocketPath(options.socketPath ?? join(data, 'engine.sock'))
  const args = ['--data', data, '--socket', socket]
  if (options.ttlIntervalMs) args.push('--ttl-interval-ms', String(options.ttlIntervalMs))
  const child = fork(entry(), args, {
    // not the parent's own: an inspector or a loader there is no business of the engine
    execArgv: fromSource() ? ['--import', 'tsx'] : [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  const exited = watchExit(child)
  await ready(child, exited)
  return {
    uri: `mongodb://${encodeURIComponent(socket)}/?directConnection=true`,
    pid: child.pid!,
    async stop() {
      if (child.connected) child.disconnect()
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS)
      await exited
      clearTimeout(timer)
    },
    onExit(callback) {
      void exited.then(callback)
    },
  }
}

const fromSource = () => import.meta.url.endsWith('.ts')

/** In production this file is part of dist/main.js, and the engine lies beside it as engine.js. */
const entry = () =>
  fileURLToPath(new URL(fromSource() ? './main.ts' : './engine.js', import.meta.url))

function watchExit(child: ChildProcess): Promise<EngineExit> {
  let message = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    message = (message + text).slice(-MAX_MESSAGE_CHARS)
  })
  // 'close' of the child itself is not emitted after disconnect()
  const silent = new Promise((resolveEnd) => child.stderr?.once('close', resolveEnd))
  return new Promise((resolveExit) => {
    child.once('exit', (code, signal) => {
      void silent.then(() => resolveExit({ code, signal, message: message.trim() }))
    })
  })
}

async function ready(child: ChildProcess, exited: Promise<EngineExit>): Promise<void> {
  const timeout = new Promise<never>((_, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new Error(`the embedded engine did not start within ${START_MS / 1000} s`))
    }, START_MS)
    void exited.then(() => clearTimeout(timer))
    child.once('message', () => clearTimeout(timer))
  })
  const started = new Promise<void>((resolveStart) => child.once('message', () => resolveStart()))
  const failed = exited.then(({ code, signal, message }) => {
    throw new Error(message || `the embedded engine ended with ${signal ?? `code ${String(code)}`}`)
  })
  failed.catch(() => undefined)
  await Promise.race([started, failed, timeout])
}
