/**
 * Message in → on the agent's screen: 200 visitors talk to 50 agents over real sockets while an aggregation
 * like a report's runs over everything said. Visitors and agents live in this process, the product in its own.
 */
import mongoose from 'mongoose'
import { SimulatedAgent } from '../harness/agent.ts'
import { simulateChat } from '../harness/chat.ts'
import type { SimulatedChat } from '../harness/chat.ts'
import { RunningProduct } from '../harness/product.ts'

const VISITORS = 200
const AGENTS = 50
const PER_AGENT = VISITORS / AGENTS
const RATE = Number(process.env.YILU_BENCH_RATE ?? 200)
const SECONDS = Number(process.env.YILU_BENCH_SECONDS ?? 20)

export default async function bench(): Promise<void> {
  const product = await new RunningProduct({
    YILU_LOG_LEVEL: 'error',
    YILU_VISITORS_PER_MINUTE: '1000',
  }).start()
  try {
    const admin = await new SimulatedAgent(product.url).signIn('admin', product.password('admin'))
    await admin.openAllHours()
    const agents = await makeAgents(product.url, admin)
    const visitors: SimulatedChat[] = []
    for (let i = 0; i < VISITORS; i++) {
      const visitor = await simulateChat(product.url)
      await visitor.say('人工')
      visitors.push(visitor)
    }
    await Promise.all(visitors.map((visitor) => visitor.status('agent')))

    const quiet = await talk(visitors, agents, 'a')
    const report = runReports(product)
    const busy = await talk(visitors, agents, 'b')
    const reports = await report.stop()
    console.table({
      quiet: row(quiet),
      [`while ${reports} reports run`]: row(busy),
    })
    console.log(
      JSON.stringify({
        bench: 'chat',
        p50Ms: busy.p50,
        p99Ms: busy.p99,
        messagesPerSecond: busy.rate,
        lost: busy.lost,
        quiet: { p50Ms: quiet.p50, p99Ms: quiet.p99, messagesPerSecond: quiet.rate },
      }),
    )
  } finally {
    await product.stop()
  }
}

interface Talk {
  sent: number
  lost: number
  rate: number
  p50: number
  p99: number
}

const row = ({ sent, lost, rate, p50, p99 }: Talk) => ({
  messages: sent,
  lost: lost,
  'messages/s': rate,
  'p50 (ms)': p50,
  'p99 (ms)': p99,
})

async function makeAgents(base: string, admin: SimulatedAgent): Promise<SimulatedAgent[]> {
  const agents: SimulatedAgent[] = []
  for (let i = 0; i < AGENTS; i++) {
    const userName = `bench${i}`
    const response = await admin.rest('POST', '/staff', {
      userName,
      displayName: userName,
      role: 'agent',
      chatCapacity: PER_AGENT,
    })
    const { oneTimePassword } = (await response.json()) as { oneTimePassword: string }
    const agent = await new SimulatedAgent(base).signIn(userName, oneTimePassword)
    await agent.connect()
    await agent.ready()
    agents.push(agent)
    acceptAll(agent)
  }
  return agents
}

/** Takes every offer as it comes, as a console with auto-answer would. */
function acceptAll(agent: SimulatedAgent): void {
  const me = agent.welcome.me.id
  agent.onFrame = (frame) => {
    if (frame.t !== 'conversation') return
    const { id, offer } = frame.card
    if (offer?.agentId !== me) return
    void agent.do({ do: 'accept', conversationId: id, offerId: offer.id }).catch(() => undefined)
  }
}

async function talk(
  visitors: SimulatedChat[],
  agents: SimulatedAgent[],
  mark: string,
): Promise<Talk> {
  const sentAt = new Map<string, number>()
  const tookMs: number[] = []
  for (const agent of agents) {
    agent.onFrame = (frame) => {
      if (frame.t !== 'message') return
      const [part] = frame.message.parts
      const at = part?.type === 'text' ? sentAt.get(part.text) : undefined
      if (at === undefined || part?.type !== 'text') return
      tookMs.push(performance.now() - at)
      sentAt.delete(part.text)
    }
  }
  const total = RATE * SECONDS
  const beganMs = performance.now()
  for (let i = 0; i < total; i++) {
    const dueMs = beganMs + (i * 1000) / RATE
    const aheadMs = dueMs - performance.now()
    if (aheadMs > 1) await new Promise((resolve) => setTimeout(resolve, aheadMs))
    const text = `${mark}-${i}`
    sentAt.set(text, performance.now())
    visitors[i % visitors.length]!.send({
      t: 'say',
      clientMsgId: `bench-${text}-00000`,
      content: { type: 'text', text },
    })
  }
  const tookS = (performance.now() - beganMs) / 1000
  const deadline = performance.now() + 20_000
  while (sentAt.size && performance.now() < deadline)
    await new Promise((resolve) => setTimeout(resolve, 50))
  tookMs.sort((a, b) => a - b)
  const at = (share: number) =>
    Number((tookMs[Math.floor(tookMs.length * share)] ?? NaN).toFixed(1))
  return {
    sent: total,
    lost: sentAt.size,
    rate: Math.round(total / tookS),
    p50: at(0.5),
    p99: at(0.99),
  }
}

/** What a report would do to the live store, one after the other, over a connection of its own. */
function runReports(product: RunningProduct): { stop(): Promise<number> } {
  let running = true
  let count = 0
  const done = (async () => {
    const uri =
      process.env.MONGODB_URI ??
      `mongodb://${encodeURIComponent(`${product.dataDir}/store/engine.sock`)}/?directConnection=true`
    const connection = await mongoose
      .createConnection(uri, { dbName: product.database })
      .asPromise()
    while (running) {
      await connection
        .collection('messages')
        .aggregate([
          { $match: { direction: 'in' } },
          { $group: { _id: { $dateTrunc: { date: '$at', unit: 'minute' } }, count: { $sum: 1 } } },
          { $sort: { _id: 1 } },
        ])
        .toArray()
      count++
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
    await connection.close()
  })()
  return {
    async stop() {
      running = false
      await done
      return count
    },
  }
}
