/**
 * Calls from the first ring to the written-up end, as many as asked for (YILU_BENCH_CALLS, default 1000):
 * INVITE → the flow answers → key 0 → queue → offer → an agent's telephone rings and is picked up → talk → the
 * caller hangs up → wrap-up. Callers and agents live in this process, the product in its own. A call is lost
 * unless it was talked and its conversation was written up.
 */
import dgram from 'node:dgram'
import { once } from 'node:events'
import { createSipEngine } from '../../channels/sip/stack.ts'
import type { SipEngine } from '../../channels/sip/sip-engine.ts'
import type { CallCard } from '../../gateway/desk/protocol.ts'
import { SimulatedAgent } from '../harness/agent.ts'
import { trunkTo } from '../harness/desk-calls.ts'
import { RunningProduct } from '../harness/product.ts'

const CALLS = Number(process.env.YILU_BENCH_CALLS ?? 1000)
const AGENTS = Number(process.env.YILU_BENCH_AGENTS ?? 20)
/** callers at once; more than agents, so that some wait */
const AT_ONCE = Number(process.env.YILU_BENCH_AT_ONCE ?? 30)
const TALK_MS = 200
const CALL_WITHIN_MS = 60_000
const WRITTEN_WITHIN_MS = 10_000

export default async function bench(): Promise<void> {
  const product = await new RunningProduct({
    YILU_LOG_LEVEL: 'error',
    YILU_RTP_PORTS: '20000-31999',
  }).start()
  const media = new Media()
  await media.open()
  const callers = await sipEnd()
  const phones = await sipEnd()
  phones.onCall = (call) => void call.answer(media.sdp).catch(() => undefined)
  try {
    const admin = await new SimulatedAgent(product.url).signIn('admin', product.password('admin'))
    await admin.openAllHours()
    await trunkTo(admin, phones.listening[0]!.port)
    const talked = new Map<string, () => void>()
    const desk = await Promise.all(
      Array.from({ length: AGENTS }, (_, i) => makeAgent(product.url, admin, i, talked)),
    )
    const result = await callAll(callers, product.sipPort, media, talked)
    const leftOpen = await countLeftOpen(admin)
    const lost = result.lost + leftOpen
    for (const agent of desk) agent.cut()
    console.table({
      calls: CALLS,
      lost,
      'of them left open': leftOpen,
      'calls/s': result.rate,
      'answer p95 (ms)': result.answerP95Ms,
      'key 0 → talk p95 (ms)': result.talkP95Ms,
    })
    for (const [why, times] of result.reasons) console.log(`  ${times} × ${why}`)
    console.log(
      JSON.stringify({
        bench: 'calls',
        calls: CALLS,
        lost,
        callsPerSecond: result.rate,
        answerP95Ms: result.answerP95Ms,
      }),
    )
  } finally {
    await callers.stop()
    await phones.stop()
    await product.stop()
  }
}

/** Conversations that no write-up closed, once the last have had their time. */
async function countLeftOpen(admin: SimulatedAgent): Promise<number> {
  const deadline = Date.now() + WRITTEN_WITHIN_MS
  for (;;) {
    const lists = await Promise.all(
      ['bot', 'queued', 'offered', 'agent', 'wrapUp'].map((state) =>
        admin.get<{ items: unknown[] }>(`/conversations?state=${state}&limit=100`),
      ),
    )
    const open = lists.reduce((sum, { items }) => sum + items.length, 0)
    if (open === 0 || Date.now() > deadline) return open
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

interface Result {
  lost: number
  reasons: Map<string, number>
  rate: number
  answerP95Ms: number
  talkP95Ms: number
}

async function callAll(
  callers: SipEngine,
  port: number,
  media: Media,
  talked: Map<string, () => void>,
): Promise<Result> {
  const answerMs: number[] = []
  const talkMs: number[] = []
  const reasons = new Map<string, number>()
  let next = 0
  let lost = 0
  const startedMs = performance.now()
  const one = async (n: number): Promise<void> => {
    const number = String(13_000_000_000 + n)
    const beginMs = performance.now()
    const sip = callers.call({
      uri: `sip:12301@127.0.0.1:${port}`,
      from: { number },
      to: { number: '12301' },
      sdp: media.sdp,
    })
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        sip.hangUp()
        reject(new Error('not talked in time'))
      }, CALL_WITHIN_MS)
      const is = new Promise<void>((talks) => talked.set(`+86${number}`, talks))
      let pressedMs = 0
      sip.onAnswered = (sdp) => {
        answerMs.push(performance.now() - beginMs)
        pressedMs = performance.now()
        media.press0(sdp!)
      }
      sip.onEnded = ({ by, status }) => {
        clearTimeout(timer)
        talked.delete(`+86${number}`)
        if (by === 'us') resolve()
        else reject(new Error(`ended by ${by} with ${status}`))
      }
      void is.then(() => {
        talkMs.push(performance.now() - pressedMs)
        setTimeout(() => sip.hangUp(), TALK_MS)
      })
    }).catch((error: Error) => {
      lost++
      reasons.set(error.message, (reasons.get(error.message) ?? 0) + 1)
    })
  }
  const caller = async (): Promise<void> => {
    while (next < CALLS) await one(next++)
  }
  const progress = setInterval(() => console.error(`  ${next} of ${CALLS}, ${lost} lost`), 30_000)
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, CALLS) }, caller))
  clearInterval(progress)
  const seconds = (performance.now() - startedMs) / 1000
  return {
    lost,
    reasons,
    rate: Math.round((CALLS / seconds) * 10) / 10,
    answerP95Ms: p95(answerMs),
    talkP95Ms: p95(talkMs),
  }
}

function p95(values: number[]): number {
  values.sort((a, b) => a - b)
  return Math.round((values[Math.floor(values.length * 0.95)] ?? 0) * 10) / 10
}

/** An agent who picks up every call and is done writing at once. */
class BenchAgent extends SimulatedAgent {
  private readonly written = new Set<string>()
  private readonly talked: Map<string, () => void>

  constructor(base: string, talked: Map<string, () => void>) {
    super(base)
    this.talked = talked
    this.onFrame = (frame) => {
      // the harness keeps every frame; a long run would drown in them
      if (this.frames.length > 200) this.frames.splice(0, this.frames.length - 100)
      if (frame.t === 'call') this.called(frame.call)
      if (frame.t === 'gone') this.written.delete(frame.conversationId)
      if (frame.t !== 'conversation') return
      const { id, state, wrapUp } = frame.card
      if (state === 'wrapUp' && wrapUp?.agentId === this.id && !this.written.has(id)) {
        this.written.add(id)
        void this.do({ do: 'wrapUpDone', conversationId: id, code: 'answered' }).catch(
          () => undefined,
        )
      }
    }
  }

  id = ''

  private called({ phase, parties, number }: CallCard): void {
    const mine = parties.some(
      ({ kind, state, agentId }) =>
        kind === 'agent' && state === 'connected' && agentId === this.id,
    )
    if (phase === 'talking' && mine && number) this.talked.get(number)?.()
  }
}

async function makeAgent(
  base: string,
  admin: SimulatedAgent,
  n: number,
  talked: Map<string, () => void>,
): Promise<BenchAgent> {
  const userName = `bench${n}`
  const response = await admin.rest('POST', '/staff', {
    userName,
    displayName: userName,
    role: 'agent',
    skills: { complaint: 3, english: 3 },
  })
  const { oneTimePassword } = (await response.json()) as { oneTimePassword: string }
  const agent = new BenchAgent(base, talked)
  await agent.signIn(userName, oneTimePassword)
  await agent.connect()
  agent.id = agent.welcome.me.id
  await agent.do({ do: 'phone', device: { kind: 'number', number: String(600_000 + n) } })
  await agent.ready()
  return agent
}

function sipEnd(): Promise<SipEngine> {
  return createSipEngine({
    listen: [{ transport: 'udp', host: '127.0.0.1', port: 0 }],
    policy: {
      realm: 'bench',
      peerByAddress: () => ({ kind: 'trunk', id: 'bench' }),
      credentials: () => undefined,
      admit: () => ({ ok: true }),
    },
  })
}

/** One socket for the audio of everybody: what comes is thrown away, keys are sent as RFC 4733 says. */
class Media {
  sdp = ''
  private readonly socket = dgram.createSocket('udp4')
  private ssrc = 1

  async open(): Promise<void> {
    this.socket.on('error', () => undefined)
    this.socket.bind(0, '127.0.0.1')
    await once(this.socket, 'listening')
    const { port } = this.socket.address()
    this.sdp = [
      'v=0',
      'o=bench 1 1 IN IP4 127.0.0.1',
      's=-',
      'c=IN IP4 127.0.0.1',
      't=0 0',
      `m=audio ${port} RTP/AVP 8 101`,
      'a=rtpmap:8 PCMA/8000',
      'a=rtpmap:101 telephone-event/8000',
      'a=fmtp:101 0-15',
      '',
    ].join('\r\n')
  }

  /** Key 0, 100 ms long, to where that answer wants its audio. */
  press0(answer: string): void {
    const port = Number(/^m=audio (\d+)/m.exec(answer)?.[1])
    const ssrc = this.ssrc++
    for (let n = 0; n < 8; n++) {
      const packet = Buffer.alloc(16)
      packet[0] = 0x80
      packet[1] = 101 | (n === 0 ? 0x80 : 0)
      packet.writeUInt16BE(n + 1, 2)
      packet.writeUInt32BE(1000, 4)
      packet.writeUInt32BE(ssrc, 8)
      packet[12] = 0
      packet[13] = n >= 5 ? 0x8a : 0x0a
      packet.writeUInt16BE(Math.min(5, n + 1) * 160, 14)
      this.socket.send(packet, port, '127.0.0.1')
    }
  }
}
