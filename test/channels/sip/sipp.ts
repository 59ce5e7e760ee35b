import { spawn } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { needs } from '../../harness/needs.ts'

/** why it cannot be run here */
export const sippMissing = needs('sipp', 'sip-tester')

export function scenario(name: string): string[] {
  return ['-sf', fileURLToPath(new URL(`./scenarios/${name}.xml`, import.meta.url))]
}

export interface SippRun {
  /** 0: every call went as the scenario says */
  code: number
  /** for people when it failed */
  output: string
  /** with -trace_rtt: INVITE to 200 of each call, in milliseconds */
  responseMs: number[]
}

/** Starts sipp on loopback, without screen or keyboard, in a folder of its own. */
export function startSipp(args: string[]): { done: Promise<SippRun>; stop: () => void } {
  const cwd = mkdtempSync(join(tmpdir(), 'yilu-sipp-'))
  const all = ['-i', '127.0.0.1', '-nostdin', '-skip_rlimit', '-timeout', '30s', ...args]
  const child = spawn('sipp', [...all, '-trace_err', '-timeout_error'], {
    cwd,
    env: { ...process.env, TERM: 'dumb' },
  })
  let output = ''
  child.stdout.on('data', (chunk) => (output = `${output}${chunk}`.slice(-4000)))
  child.stderr.on('data', (chunk) => (output = `${output}${chunk}`.slice(-4000)))
  const done = new Promise<SippRun>((resolve) =>
    child.on('close', (code) => {
      const responseMs = readResponseTimes(cwd)
      rmSync(cwd, { recursive: true, force: true })
      resolve({ code: code ?? -1, output, responseMs })
    }),
  )
  return { done, stop: () => child.kill('SIGTERM') }
}

/** Lines of `time;response time in ms;name`. */
function readResponseTimes(folder: string): number[] {
  const file = readdirSync(folder).find((name) => name.endsWith('_rtt.csv'))
  if (!file) return []
  const lines = readFileSync(join(folder, file), 'utf8').split('\n').slice(1)
  return lines.map((line) => Number(line.split(';')[1])).filter((ms) => Number.isFinite(ms))
}

export function runSipp(args: string[]): Promise<SippRun> {
  return startSipp(args).done
}

/** A UDP port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const socket = createSocket('udp4')
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  const { port } = socket.address()
  await new Promise<void>((resolve) => socket.close(resolve))
  return port
}
