/**
 * Calls set up and torn down per second: INVITE, 100, 180, 200, ACK, BYE, 200 over UDP on loopback. The engine
 * answers in a process of its own; sipp calls it with its built-in scenario, or, where it is not installed,
 * a second engine does.
 * Told is the highest rate without a failed call and with answers within 20 ms (p95).
 */
import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { performance } from 'node:perf_hooks'
import { createSipEngine } from '../../channels/sip/stack.ts'
import type { SipEngine, SipPolicy } from '../../channels/sip/sip-engine.ts'
import { runSipp, sippMissing } from '../channels/sip/sipp.ts'
import { percentile } from './measure/percentile.ts'

/** No higher: 625 calls/s for longer than 32 s are more than the engine remembers, and it says 503 by design. */
const RATES = [100, 200, 300, 400, 500, 600, 800]
const SECONDS = 6
const WARM_UP_CALLS = 500
const ANSWER_P95_MS = 20
const SDP = [
  'v=0',
  'o=yilu 1 1 IN IP4 127.0.0.1',
  's=-',
  'c=IN IP4 127.0.0.1',
  't=0 0',
  'm=audio 20000 RTP/AVP 8 0 101',
  'a=rtpmap:8 PCMA/8000',
  'a=rtpmap:101 telephone-event/8000',
  '',
].join('\r\n')

interface Step {
  rate: number
  achieved: number
  failed: number
  p95Ms: number
  /** of one core, by the answering process */
  cpuPercent: number
  retransmitted: number
}
interface Usage {
  cpuMs: number
  retransmitted: number
}

const policy: SipPolicy = {
  realm: 'bench',
  peerByAddress: () => ({ kind: 'trunk', id: 'bench' }),
  credentials: () => undefined,
  admit: () => ({ ok: true }),
}
const open = (): Promise<SipEngine> =>
  createSipEngine({ policy, listen: [{ transport: 'udp', host: '127.0.0.1', port: 0 }] })

export default async function bench(): Promise<void> {
  const child = fork(fileURLToPath(import.meta.url), ['answering'], {
    execArgv: ['--import=tsx'],
  })
  const port = await message<number>(child)
  const caller = sippMissing ? await engineCaller(port) : sippCaller(port)
  console.log(`caller: ${sippMissing ? 'a second engine (sipp is not installed)' : 'sipp -sn uac'}`)
  console.log('calls/s wanted  achieved  failed  answer p95  CPU of a core  repeated')
  await caller(100, WARM_UP_CALLS)
  let best: Step | undefined
  for (const rate of RATES) {
    const before = await usage(child)
    const startedAt = performance.now()
    const { failed, responseMs, elapsedMs } = await caller(rate, rate * SECONDS)
    const wallMs = performance.now() - startedAt
    const after = await usage(child)
    const step: Step = {
      rate,
      achieved: (rate * SECONDS * 1000) / elapsedMs,
      failed,
      p95Ms: percentile(responseMs, 0.95),
      cpuPercent: ((after.cpuMs - before.cpuMs) / wallMs) * 100,
      retransmitted: after.retransmitted - before.retransmitted,
    }
    console.log(
      `${String(rate).padStart(14)}${step.achieved.toFixed(0).padStart(10)}${String(failed).padStart(8)}` +
        `${step.p95Ms.toFixed(1).padStart(9)} ms${step.cpuPercent.toFixed(0).padStart(13)} %` +
        String(step.retransmitted).padStart(10),
    )
    if (failed || step.achieved < rate * 0.9) break
    // on a machine that others use too, a slow step says little: the next may be quick again
    if (step.p95Ms <= ANSWER_P95_MS || !best) best = step
  }
  child.kill()
  console.log(
    JSON.stringify({
      bench: 'sip',
      callsPerSecond: best ? Math.round(best.achieved) : 0,
      failed: best?.failed ?? null,
      answerP95Ms: best ? Number(best.p95Ms.toFixed(2)) : null,
      cpuMsPerCall: best ? Number(((best.cpuPercent * 10) / best.achieved).toFixed(2)) : null,
      caller: sippMissing ? 'engine' : 'sipp',
    }),
  )
}

interface Load {
  failed: number
  responseMs: number[]
  elapsedMs: number
}
type Caller = (rate: number, calls: number) => Promise<Load>

function sippCaller(port: number): Caller {
  return async (rate, calls) => {
    const args = ['-sn', 'uac', '-r', String(rate), '-m', String(calls), '-l', '20000']
    const startedAt = performance.now()
    const run = await runSipp([...args, '-trace_rtt', '-rtt_freq', '50', `127.0.0.1:${port}`])
    const failed = Number(/Failed call\s*\|\s*\d+\s*\|\s*(\d+)/.exec(run.output)?.[1] ?? NaN)
    return {
      failed: Number.isNaN(failed) ? (run.code === 0 ? 0 : calls) : failed,
      responseMs: run.responseMs,
      elapsedMs: elapsedOf(run.output) ?? performance.now() - startedAt,
    }
  }
}

/** sipp's own measure, without its start and end: `Total-time` of the last screen. */
function elapsedOf(output: string): number | undefined {
  const seconds = /\n\s*[\d.]+\(\d+ ms\)\/[\d.]+s\s+\d+\s+([\d.]+) s/.exec(output)?.[1]
  return seconds ? Number(seconds) * 1000 : undefined
}

async function engineCaller(port: number): Promise<Caller> {
  const engine = await open()
  return async (rate, calls) => {
    const responseMs: number[] = []
    let failed = 0
    let begun = 0
    const startedAt = performance.now()
    await new Promise<void>((resolve) => {
      let over = 0
      const one = (): void => {
        const at = performance.now()
        const call = engine.call({
          uri: `sip:12301@127.0.0.1:${port}`,
          from: { number: '139' },
          to: { number: '12301' },
          sdp: SDP,
        })
        call.onAnswered = () => {
          responseMs.push(performance.now() - at)
          call.hangUp()
        }
        call.onEnded = ({ by, status }) => {
          if (by !== 'us' || status !== 200) failed++
          if (++over === calls) resolve()
        }
      }
      const pace = setInterval(() => {
        const due = Math.min(calls, ((performance.now() - startedAt) * rate) / 1000)
        while (begun < due) {
          begun++
          one()
        }
        if (begun === calls) clearInterval(pace)
      }, 5)
    })
    return { failed, responseMs, elapsedMs: performance.now() - startedAt }
  }
}

const message = <T>(child: ChildProcess): Promise<T> =>
  new Promise((resolve) => child.once('message', (value) => resolve(value as T)))

function usage(child: ChildProcess): Promise<Usage> {
  const answer = message<Usage>(child)
  child.send('usage')
  return answer
}

/** The process that is measured. */
async function answerCalls(): Promise<void> {
  const engine = await open()
  engine.onCall = (call) => {
    void call.ring()
    void call.answer(SDP)
  }
  process.on('message', () => {
    const { user, system } = process.cpuUsage()
    process.send?.({
      cpuMs: (user + system) / 1000,
      retransmitted: engine.stats().retransmitted,
    } satisfies Usage)
  })
  process.on('disconnect', () => process.exit(0))
  process.send?.(engine.listening[0]!.port)
}

if (process.argv[2] === 'answering' && process.send) await answerCalls()
