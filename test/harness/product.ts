/** The product as its own process, the way people run it, on a port and data folder of its own. */
import type { ChildProcess } from 'node:child_process'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { keepSpoken, lendSpoken } from './spoken-before.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const START_MS = 60_000

export interface Credentials {
  userName: string
  password: string
}

export class RunningProduct {
  url = ''
  credentials: Credentials[] = []
  readonly dataDir: string
  private child: ChildProcess | undefined
  private readonly env: Record<string, string>
  private log = ''
  /** keeps its port over restarts, so that clients come back to it */
  private port = '0'
  /** UDP and TCP; kept over restarts as well */
  sipPort = 0

  constructor(env: Record<string, string> = {}) {
    this.dataDir = mkdtempSync(path.join(tmpdir(), 'yilu-test-'))
    this.env = env
  }

  async start(): Promise<this> {
    const main = path.join(root, 'dist', 'main.js')
    if (!existsSync(main)) throw new Error('dist/ is missing: run `npm run build` first')
    if (!this.url) await lendSpoken(this.dataDir)
    const child = fork(main, [], {
      // e.g. --cpu-prof, to see where the time of a bench goes
      execArgv: (process.env.YILU_TEST_NODE_ARGS ?? '').split(' ').filter(Boolean),
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      env: {
        PATH: process.env.PATH ?? '',
        YILU_DATA: this.dataDir,
        YILU_PORT: this.port,
        YILU_SIP_PORT: String(this.sipPort),
        YILU_DEMO: '1',
        YILU_LOG_LEVEL: 'warn',
        ...(process.env.MONGODB_URI && {
          MONGODB_URI: process.env.MONGODB_URI,
          YILU_DATABASE: this.database,
        }),
        ...this.env,
      },
    })
    this.child = child
    child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      this.log = (this.log + text).slice(-20_000)
    })
    const ready = once(child, 'message', { signal: AbortSignal.timeout(START_MS) })
    const died = once(child, 'exit').then(([code]) => {
      throw new Error(`the product ended with ${String(code)}:\n${this.log}`)
    })
    const [message] = (await Promise.race([ready, died])) as [
      { url: string; credentials: Credentials[]; sip: { transport: string; port: number }[] },
    ]
    died.catch(() => undefined)
    this.url = message.url
    this.port = new URL(message.url).port
    this.sipPort = message.sip.find(({ transport }) => transport === 'udp')?.port ?? 0
    if (message.credentials.length) this.credentials = message.credentials
    return this
  }

  /** on a MongoDB server every product of the tests has a database of its own */
  get database(): string {
    return process.env.MONGODB_URI ? path.basename(this.dataDir) : 'yilu'
  }

  get pid(): number {
    return this.child!.pid!
  }

  /** what the process wrote to its log */
  get output(): string {
    return this.log
  }

  /** process id of the embedded engine, read off /proc: the product does not tell it to strangers */
  get enginePid(): number {
    const children = readFileSync(`/proc/${this.pid}/task/${this.pid}/children`, 'utf8')
    return Number(children.trim().split(' ')[0])
  }

  password(userName: string): string {
    return this.credentials.find((each) => each.userName === userName)!.password
  }

  /** SIGKILL: nothing gets a chance to tidy up. The engine notices that its parent is gone. */
  async kill(): Promise<void> {
    const child = this.child!
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }

  killEngine(): void {
    process.kill(this.enginePid, 'SIGKILL')
  }

  /** Ctrl-C. @returns the exit code */
  async interrupt(signal: 'SIGINT' | 'SIGTERM' = 'SIGINT'): Promise<number | null> {
    const child = this.child!
    const gone = once(child, 'exit')
    child.kill(signal)
    const [code] = (await gone) as [number | null]
    return code
  }

  async stop(): Promise<void> {
    if (this.child?.exitCode === null && this.child.signalCode === null) await this.interrupt()
    await keepSpoken(this.dataDir)
    await rm(this.dataDir, { recursive: true, force: true })
  }
}

export function runProduct(env: Record<string, string> = {}): Promise<RunningProduct> {
  return new RunningProduct(env).start()
}
