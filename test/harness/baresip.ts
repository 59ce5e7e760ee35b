/** baresip, a telephone no one here wrote, driven over its control port; its ears are a file. */
import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { Socket } from 'node:net'
import { connect, createServer } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { needs } from './needs.ts'
import { PATIENCE_MS } from './patience.ts'

const MODULES = '/usr/lib/baresip/modules'

export interface BaresipOptions {
  /** a line of its accounts file */
  account: string
  /** what its microphone hears: WAV, PCM16, mono, 8 kHz */
  microphone: Buffer
}

export interface BaresipEvent {
  event: true
  type: string
  param?: string
}

/** Why it cannot be run here, or undefined. */
export function noBaresip(): string | undefined {
  const missing = needs('baresip', 'baresip-core')
  if (missing) return missing
  return existsSync(path.join(MODULES, 'ctrl_tcp.so'))
    ? undefined
    : 'baresip has no ctrl_tcp module'
}

export class Baresip {
  readonly events: BaresipEvent[] = []
  private readonly dir: string
  private readonly child: ChildProcess
  private control: Socket | undefined
  private pending = ''
  private wake: (() => void)[] = []

  private constructor(dir: string, child: ChildProcess) {
    this.dir = dir
    this.child = child
  }

  static async start({ account, microphone }: BaresipOptions): Promise<Baresip> {
    const dir = mkdtempSync(path.join(tmpdir(), 'yilu-baresip-'))
    const port = await freePort()
    writeFileSync(path.join(dir, 'accounts'), `${account}\n`)
    writeFileSync(path.join(dir, 'microphone.wav'), microphone)
    const lines = [
      'poll_method epoll',
      'sip_listen 127.0.0.1:0',
      `module_path ${MODULES}`,
      `audio_source aufile,${path.join(dir, 'microphone.wav')}`,
      // its loudspeaker is nothing; what it hears is dumped
      `audio_player aubridge,nobody`,
      `snd_path ${dir}`,
      `ctrl_tcp_listen 127.0.0.1:${port}`,
      'module g711.so',
      'module aufile.so',
      'module aubridge.so',
      'module sndfile.so',
      'module ctrl_tcp.so',
      'module_tmp uuid.so',
      'module_tmp account.so',
      'module_app menu.so',
    ]
    writeFileSync(path.join(dir, 'config'), [...lines, ''].join('\n'))
    const child = spawn('baresip', ['-4', '-f', dir], { stdio: ['ignore', 'ignore', 'ignore'] })
    const phone = new Baresip(dir, child)
    await phone.listen(port)
    return phone
  }

  /** A command of its menu, e.g. `dial sip:12301@127.0.0.1`. */
  command(command: string, params = ''): void {
    const json = JSON.stringify({ command, params })
    this.control!.write(`${json.length}:${json},`)
  }

  /** Waits for the next event of that type after those there were. */
  async told(type: string, from = 0): Promise<BaresipEvent> {
    const find = () => this.events.slice(from).find((event) => event.type === type)
    const deadline = Date.now() + PATIENCE_MS
    for (let found = find(); ; found = find()) {
      if (found) return found
      const leftMs = deadline - Date.now()
      if (leftMs <= 0)
        throw new Error(
          `baresip never told ${type}: ${this.events.map((each) => each.type).join()}`,
        )
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, leftMs)
        this.wake.push(() => {
          clearTimeout(timer)
          resolve()
        })
      })
    }
  }

  /** What it has heard; complete once its call is over. */
  heard(): Buffer {
    const dump = readdirSync(this.dir).find((name) => name.endsWith('dec.wav'))
    if (!dump) throw new Error(`baresip heard nothing: ${readdirSync(this.dir).join()}`)
    return readFileSync(path.join(this.dir, dump))
  }

  async stop(): Promise<void> {
    this.control?.destroy()
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const gone = once(this.child, 'exit')
      this.child.kill('SIGKILL')
      await gone
    }
    rmSync(this.dir, { recursive: true, force: true })
  }

  private async listen(port: number): Promise<void> {
    for (const deadline = Date.now() + PATIENCE_MS; ;) {
      const socket = connect(port, '127.0.0.1')
      try {
        await once(socket, 'connect')
        socket.on('data', (data) => this.read(data.toString('utf8')))
        socket.on('error', () => undefined)
        this.control = socket
        return
      } catch (error) {
        if (Date.now() > deadline) throw error
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    }
  }

  /** netstrings: length, colon, that many bytes, comma */
  private read(text: string): void {
    this.pending += text
    for (;;) {
      const colon = this.pending.indexOf(':')
      const length = Number(this.pending.slice(0, colon))
      if (colon < 0 || this.pending.length < colon + length + 2) break
      const json = this.pending.slice(colon + 1, colon + 1 + length)
      this.pending = this.pending.slice(colon + length + 2)
      const message = JSON.parse(json) as BaresipEvent | { response: true }
      if ('event' in message) this.events.push(message)
    }
    for (const wake of this.wake.splice(0)) wake()
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}
